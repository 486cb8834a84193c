/* A block of a log made small: its rotations sorted, the last letters through a list that brings what was used to the front, runs of zeros as numbers of their own digits; and all the way back. 32 letters. -O2. */
#include <stdint.h>

#define SIZE 32
#define LETTERS 6

static uint8_t block[SIZE], last[SIZE], back[SIZE], codes[2 * SIZE], order[SIZE];

static int before(unsigned a, unsigned b) {
  for (unsigned i = 0; i < SIZE; i++) {
    uint8_t x = block[(a + i) & (SIZE - 1)], y = block[(b + i) & (SIZE - 1)];
    if (x != y) return x < y;
  }
  return 0;
}

static unsigned transform(void) {
  unsigned start = 0;
  for (unsigned i = 0; i < SIZE; i++) {
    unsigned j = i;
    while (j > 0 && before(i, order[j - 1])) {
      order[j] = order[j - 1];
      j--;
    }
    order[j] = (uint8_t)i;
  }
  for (unsigned i = 0; i < SIZE; i++) {
    if (order[i] == 0) start = i;
    last[i] = block[(order[i] + SIZE - 1u) & (SIZE - 1)];
  }
  return start;
}

static unsigned flush(unsigned count, unsigned zeros) {
  while (zeros) {
    zeros--;
    codes[count++] = zeros & 1;
    zeros >>= 1;
  }
  return count;
}

/* Codes: 0 and 1 are the digits of a run (one and two, least first), others are places in the list plus one. */
static unsigned encode(void) {
  uint8_t list[LETTERS];
  unsigned count = 0, zeros = 0;
  for (unsigned i = 0; i < LETTERS; i++) list[i] = (uint8_t)('a' + i);
  for (unsigned i = 0; i < SIZE; i++) {
    uint8_t c = last[i], carried = list[0];
    if (carried == c) {
      zeros++;
      continue;
    }
    count = flush(count, zeros);
    zeros = 0;
    unsigned at = 0;
    while (carried != c) {
      at++;
      uint8_t t = list[at];
      list[at] = carried;
      carried = t;
    }
    list[0] = c;
    codes[count++] = (uint8_t)(at + 1);
  }
  return flush(count, zeros);
}

static unsigned decode(unsigned count) {
  uint8_t list[LETTERS];
  unsigned out = 0, weight = 1;
  for (unsigned i = 0; i < LETTERS; i++) list[i] = (uint8_t)('a' + i);
  for (unsigned i = 0; i < count; i++) {
    unsigned c = codes[i];
    if (c < 2) {
      for (unsigned r = weight << c; r && out < SIZE; r--) last[out++] = list[0];
      weight <<= 1;
      continue;
    }
    weight = 1;
    uint8_t v = list[c - 1];
    for (unsigned j = c - 1; j > 0; j--) list[j] = list[j - 1];
    list[0] = v;
    if (out < SIZE) last[out++] = v;
  }
  return out;
}

static void inverse(unsigned start) {
  uint8_t next[SIZE], from[LETTERS], sum = 0;
  for (unsigned i = 0; i < LETTERS; i++) from[i] = 0;
  for (unsigned i = 0; i < SIZE; i++) from[last[i] - 'a']++;
  for (unsigned i = 0; i < LETTERS; i++) {
    uint8_t count = from[i];
    from[i] = sum;
    sum = (uint8_t)(sum + count);
  }
  for (unsigned i = 0; i < SIZE; i++) next[from[last[i] - 'a']++] = (uint8_t)i;
  for (unsigned i = 0; i < SIZE; i++) {
    start = next[start];
    back[i] = last[start];
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 11;
  for (int k = 0; k < n; k++) {
    for (unsigned i = 0; i < SIZE; i++) {
      s = s * 1103515245u + 12345u;
      unsigned r = s >> 24;
      block[i] = i >= 5 && r < 150 ? block[i - 5] : (uint8_t)('a' + r % LETTERS);
    }
    unsigned start = transform();
    unsigned count = encode();
    for (unsigned i = 0; i < count; i++) h = h * 31u + codes[i];
    h ^= start << 24 | count << 16;
    for (unsigned i = 0; i < SIZE; i++) last[i] = 0;
    unsigned out = decode(count);
    inverse(start);
    unsigned wrong = 0;
    for (unsigned i = 0; i < SIZE; i++) wrong += back[i] != block[i];
    h = h * 31u + wrong * 64u + out;
  }
  return (int)h;
}

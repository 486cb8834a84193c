/* Alarms from a pager net: a batch of eight words with addresses (two function bits) and text of seven bits a letter or digits of four, each with ten check bits of BCH(31, 21) and a parity; up to two bits fall over; the receiver mends one or two by a table of syndromes made once (places in it), takes the text of its own addresses. -O2. */
#include <stdint.h>

#define GENERATOR 0x769u
#define SYNC 0x7cd215d8u
#define IDLE 0x7a89c197u

static uint16_t cure[1024]; /* by syndrome: places of one or two bits, from 1 */
static uint32_t batch[17];
static char text[64];

static uint32_t remainder31(uint32_t word) {
  uint32_t v = word >> 1;
  for (int i = 30; i >= 10; i--)
    if (v >> i & 1) v ^= GENERATOR << (i - 10);
  return v;
}

static uint32_t sealed(uint32_t data) {
  uint32_t v = data << 11;
  v |= remainder31(v) << 1;
  uint32_t p = v ^ v >> 16;
  p ^= p >> 8;
  p ^= p >> 4;
  return v | (0x6996u >> (p & 15) & 1u);
}

static void prepare(void) {
  for (int i = 0; i < 1024; i++) cure[i] = 0;
  uint32_t single[31], v = 1;
  for (int i = 0; i < 31; i++) {
    single[i] = v;
    v <<= 1;
    if (v >> 10 & 1) v ^= GENERATOR;
  }
  for (int a = 0; a < 31; a++) {
    cure[single[a]] = (uint16_t)(a + 1);
    for (int b = a + 1; b < 31; b++) cure[single[a] ^ single[b]] = (uint16_t)((a + 1) << 5 | (b + 1));
  }
}

/* -1 if it cannot be mended, else how many bits were wrong. */
static int mend(uint32_t *word) {
  uint32_t s = remainder31(*word);
  int wrong = 0;
  if (s) {
    unsigned places = cure[s];
    if (!places) return -1;
    for (; places; places >>= 5, wrong++) *word ^= 1u << (places & 31);
  }
  uint32_t p = *word;
  p ^= p >> 16;
  p ^= p >> 8;
  p ^= p >> 4;
  if (0x6996u >> (p & 15) & 1u) {
    if (wrong == 2) return -1;
    *word ^= 1;
    wrong++;
  }
  return wrong;
}

static unsigned turned(unsigned v, int width) {
  unsigned r = 0;
  while (width--) {
    r = r << 1 | (v & 1);
    v >>= 1;
  }
  return r;
}

/* A message behind an address: letters of seven bits from the lowest, twenty bits a word. */
static int write(uint32_t address, unsigned function, const char *message, int length) {
  int at = 1 + 2 * (int)(address & 7);
  batch[at++] = sealed((address >> 3) << 2 | function);
  uint32_t bits = 0;
  int count = 0;
  for (int i = 0; i < length && at < 17; i++) {
    if (function == 3) {
      bits = bits << 7 | turned((unsigned)message[i], 7);
      count += 7;
    } else {
      bits = bits << 4 | turned((unsigned)(message[i] - '0'), 4);
      count += 4;
    }
    if (count >= 20) {
      batch[at++] = sealed(1u << 20 | (bits >> (count - 20) & 0xfffff));
      count -= 20;
    }
  }
  return at;
}

static int letters(unsigned function, uint64_t bits, int count, int at) {
  int width = function == 3 ? 7 : 4;
  while (count >= width && at < 63) {
    unsigned v = turned((unsigned)(bits >> (count - width)) & ((1u << width) - 1), width);
    text[at++] = (char)(function == 3 ? v : v < 10 ? '0' + v : v + 55);
    count -= width;
  }
  return at;
}

static uint32_t receive(uint32_t h) {
  int at = 0, count = 0, open = 0;
  unsigned function = 0;
  uint64_t bits = 0;
  for (int i = 1; i < 17; i++) {
    uint32_t word = batch[i];
    int wrong = mend(&word);
    h = h * 31u + (uint32_t)(wrong + 1);
    if (wrong < 0) {
      open = 0;
      continue;
    }
    if (word == IDLE) {
      open = 0;
      continue;
    }
    if (!(word >> 31)) {
      uint32_t address = (word >> 13) << 3 | (unsigned)(i - 1) >> 1;
      function = word >> 11 & 3;
      open = address % 3 != 1;
      h = h * 31u + address;
      bits = 0;
      count = 0;
      continue;
    }
    if (!open) continue;
    bits = bits << 20 | (word >> 11 & 0xfffff);
    count += 20;
    at = letters(function, bits, count, at);
    count %= function == 3 ? 7 : 4;
  }
  for (int i = 0; i < at; i++) h = h * 31u + (uint8_t)text[i];
  return h;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 512, h = 0;
  char message[16];
  prepare();
  for (int k = 0; k < n; k++) {
    batch[0] = SYNC;
    for (int i = 1; i < 17; i++) batch[i] = IDLE;
    int next = 0;
    while (next < 12) {
      s = s * 1664525u + 1013904223u;
      int length = 5 + (int)(s >> 29);
      unsigned function = s >> 28 & 1 ? 3 : 0;
      uint32_t address = (s >> 10 & 0x1fff) << 3 | ((unsigned)next >> 1 & 7);
      for (int i = 0; i < length; i++) {
        s = s * 1664525u + 1013904223u;
        message[i] = function ? (char)('A' + (s >> 24) % 26) : (char)('0' + (s >> 24) % 10);
      }
      next = write(address, function, message, length);
      if (next & 1) next++;
    }
    for (int i = 1; i < 17; i++) {
      s = s * 1664525u + 1013904223u;
      for (unsigned wrong = s >> 30; wrong > 0; wrong--) {
        s = s * 1664525u + 1013904223u;
        batch[i] ^= 1u << (s >> 27);
      }
    }
    h = receive(h);
  }
  return (int)h;
}

/* A new firmware as what differs from the old one: blocks of twelve bytes of the old image by a rolling sum in a small hash, the new image gone through byte by byte, matches lengthened, copies and literal pieces as commands with lengths in groups of seven bits; then put together again and compared; 180 bytes. -O2. */
#include <stdint.h>

#define BLOCK 12
#define OLD 180
#define SLOTS 32
#define NONE 0xff

static uint8_t old[OLD], fresh[OLD + 40], made[OLD + 40], patch[512];
static uint8_t first[SLOTS], chain[OLD / BLOCK];

static unsigned slot_of(uint32_t sum) { return (sum * 0x9e3779b1u) >> 27; }

static uint32_t sum_of(const uint8_t *p) {
  uint32_t a = 0, b = 0;
  for (int i = 0; i < BLOCK; i++) {
    a += p[i];
    b += a;
  }
  return (a & 0xffff) | b << 16;
}

static uint32_t roll(uint32_t sum, uint8_t out, uint8_t in) {
  uint32_t a = (sum - out + in) & 0xffff;
  uint32_t b = (sum >> 16) - BLOCK * out + a;
  return a | b << 16;
}

static void index_old(void) {
  for (int i = 0; i < SLOTS; i++) first[i] = NONE;
  for (int i = OLD / BLOCK - 1; i >= 0; i--) {
    unsigned slot = slot_of(sum_of(old + i * BLOCK));
    chain[i] = first[slot];
    first[slot] = (uint8_t)i;
  }
}

static uint8_t *put(uint8_t *p, unsigned v) {
  for (; v >= 128; v >>= 7) *p++ = (uint8_t)(v | 128);
  *p++ = (uint8_t)v;
  return p;
}

static uint8_t *put_literal(uint8_t *p, const uint8_t *from, unsigned length) {
  if (!length) return p;
  p = put(p, length << 1);
  while (length--) *p++ = *from++;
  return p;
}

static int same(const uint8_t *a, const uint8_t *b, int length) {
  while (length > 0 && *a == *b) {
    a++;
    b++;
    length--;
  }
  return length == 0;
}

static unsigned differ(int size) {
  uint8_t *p = patch;
  int at = 0, pending = 0;
  uint32_t sum = sum_of(fresh);
  while (at + BLOCK <= size) {
    int found = -1;
    for (uint8_t b = first[slot_of(sum)]; b != NONE; b = chain[b])
      if (same(old + b * BLOCK, fresh + at, BLOCK)) {
        found = b * BLOCK;
        break;
      }
    if (found < 0) {
      if (at + BLOCK < size) sum = roll(sum, fresh[at], fresh[at + BLOCK]);
      at++;
      continue;
    }
    int length = BLOCK;
    while (at + length < size && found + length < OLD && fresh[at + length] == old[found + length]) length++;
    while (at > pending && found > 0 && fresh[at - 1] == old[found - 1]) {
      at--;
      found--;
      length++;
    }
    p = put_literal(p, fresh + pending, (unsigned)(at - pending));
    p = put(p, (unsigned)length << 1 | 1);
    p = put(p, (unsigned)found);
    at += length;
    pending = at;
    if (at + BLOCK <= size) sum = sum_of(fresh + at);
  }
  p = put_literal(p, fresh + pending, (unsigned)(size - pending));
  return (unsigned)(p - patch);
}

static unsigned get(const uint8_t **p) {
  unsigned v = 0;
  for (int shift = 0;; shift += 7) {
    uint8_t b = *(*p)++;
    v |= (b & 127u) << shift;
    if (b < 128) return v;
  }
}

static int put_together(unsigned length) {
  const uint8_t *p = patch, *end = patch + length;
  uint8_t *to = made;
  while (p < end) {
    unsigned command = get(&p), count = command >> 1;
    const uint8_t *from = p;
    if (command & 1) from = old + get(&p);
    else p += count;
    while (count--) *to++ = *from++;
  }
  return (int)(to - made);
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 8086, h = 0;
  for (int i = 0; i < OLD; i++) {
    s = s * 1664525u + 1013904223u;
    old[i] = (uint8_t)(s >> 29 ? s >> 24 & 31 : i);
  }
  for (int k = 0; k < n; k++) {
    int size = 0;
    /* pieces of the old image, some moved, some with bytes put in or left out */
    for (int at = 0; at < OLD;) {
      s = s * 1664525u + 1013904223u;
      int piece = 8 + (int)(s >> 27), from = s >> 13 & 1 ? at : (int)((s >> 16 & 255) % (OLD - 40));
      if (at + piece > OLD) piece = OLD - at;
      for (int i = 0; i < piece && size < OLD + 30; i++) fresh[size++] = old[from + i];
      if (s >> 10 & 1) fresh[size++] = (uint8_t)(s >> 20);
      at += piece;
    }
    index_old();
    unsigned length = differ(size);
    for (unsigned i = 0; i < length; i++) h = h * 31u + patch[i];
    int back = put_together(length);
    h = h * 31u + length + (back == size && same(made, fresh, size) ? 1000u : 0u);
    for (int i = 0; i < OLD; i++) old[i] = made[i % size];
  }
  return (int)h;
}

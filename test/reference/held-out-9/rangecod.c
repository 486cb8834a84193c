/* Samples of six bits through a range coder whose probabilities learn (eleven bits, a fifth of the shift's way each time): a tree of six decisions in one of four contexts by the sample before, bytes with a carry that waits, read back and compared; 36 samples. -O2. */
#include <stdint.h>

#define COUNT 36
#define CONTEXTS 4

typedef struct {
  uint64_t low;
  uint32_t range, waiting;
  uint8_t cache;
  uint8_t *out;
} Writer;

typedef struct {
  uint32_t range, code;
  const uint8_t *in;
} Reader;

static uint16_t chance[2][CONTEXTS][64];
static uint8_t stream[128], samples[COUNT];

static void shift(Writer *w) {
  if ((uint32_t)w->low < 0xff000000u || w->low >> 32) {
    uint8_t carry = (uint8_t)(w->low >> 32), b = w->cache;
    do {
      *w->out++ = (uint8_t)(b + carry);
      b = 0xff;
    } while (--w->waiting);
    w->cache = (uint8_t)(w->low >> 24);
  }
  w->waiting++;
  w->low = (w->low & 0x00ffffffu) << 8;
}

static void put(Writer *w, uint16_t *p, unsigned bit) {
  uint32_t bound = (w->range >> 11) * *p;
  if (bit) {
    w->low += bound;
    w->range -= bound;
    *p -= *p >> 5;
  } else {
    w->range = bound;
    *p += (2048 - *p) >> 5;
  }
  while (w->range < 1u << 24) {
    w->range <<= 8;
    shift(w);
  }
}

static unsigned get(Reader *r, uint16_t *p) {
  uint32_t bound = (r->range >> 11) * *p;
  unsigned bit = r->code >= bound;
  if (bit) {
    r->code -= bound;
    r->range -= bound;
    *p -= *p >> 5;
  } else {
    r->range = bound;
    *p += (2048 - *p) >> 5;
  }
  while (r->range < 1u << 24) {
    r->range <<= 8;
    r->code = r->code << 8 | *r->in++;
  }
  return bit;
}

static unsigned encode(void) {
  Writer w = {0, 0xffffffffu, 1, 0, stream};
  unsigned context = 0;
  for (int i = 0; i < COUNT; i++) {
    unsigned node = 1;
    for (int b = 5; b >= 0; b--) {
      unsigned bit = samples[i] >> b & 1;
      put(&w, &chance[0][context][node], bit);
      node = node << 1 | bit;
    }
    context = samples[i] >> 4;
  }
  for (int i = 0; i < 5; i++) shift(&w);
  return (unsigned)(w.out - stream);
}

static unsigned decode(void) {
  Reader r = {0xffffffffu, 0, stream + 1};
  unsigned context = 0, wrong = 0;
  for (int i = 0; i < 4; i++) r.code = r.code << 8 | *r.in++;
  for (int i = 0; i < COUNT; i++) {
    unsigned node = 1;
    while (node < 64) node = node << 1 | get(&r, &chance[1][context][node]);
    wrong += (node & 63) != samples[i];
    context = node >> 4 & 3;
  }
  return wrong;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 1979;
  uint16_t *all = &chance[0][0][0];
  for (int i = 0; i < 2 * CONTEXTS * 64; i++) all[i] = 1024;
  int level = 30;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < COUNT; i++) {
      s = s * 1664525u + 1013904223u;
      int move = (int)(s >> 29) + (int)(s >> 26 & 7) - 7;
      level += move;
      if (level < 0 || level > 63) level -= 2 * move;
      samples[i] = (uint8_t)(s >> 20 & 31 ? level : s >> 12 & 63);
    }
    unsigned length = encode();
    for (unsigned i = 0; i < length; i++) h = h * 31u + stream[i];
    h = h * 31u + length * 64 + decode();
  }
  return (int)h;
}

/* Symbols of six bits through an adaptive binary range coder: a tree of 64 probabilities for each of two contexts, carries held back; then decoded and compared; 64 symbols a round. -O2. */
#include <stdint.h>

#define COUNT 64
#define TOP (1u << 24)

static uint16_t models[2][64];
static uint8_t stream[256], symbols[COUNT];

static struct {
  uint64_t low;
  uint32_t range, pending, at;
  uint8_t cache;
} encoder;

static struct {
  uint32_t code, range, at;
} decoder;

static void reset(void) {
  for (int i = 0; i < 128; i++) models[i >> 6][i & 63] = 2048;
}

static void shift_low(void) {
  if ((uint32_t)encoder.low < 0xff000000u || encoder.low >> 32) {
    uint8_t carry = (uint8_t)(encoder.low >> 32), byte = encoder.cache;
    do {
      stream[encoder.at++] = (uint8_t)(byte + carry);
      byte = 0xff;
    } while (--encoder.pending);
    encoder.cache = (uint8_t)(encoder.low >> 24);
  }
  encoder.pending++;
  encoder.low = (encoder.low & 0x00ffffffu) << 8;
}

static void put(uint16_t *p, unsigned bit) {
  uint32_t bound = (encoder.range >> 12) * *p;
  if (!bit) {
    encoder.range = bound;
    *p += (4096 - *p) >> 4;
  } else {
    encoder.low += bound;
    encoder.range -= bound;
    *p -= *p >> 4;
  }
  while (encoder.range < TOP) {
    encoder.range <<= 8;
    shift_low();
  }
}

static unsigned get(uint16_t *p) {
  uint32_t bound = (decoder.range >> 12) * *p;
  unsigned bit;
  if (decoder.code < bound) {
    decoder.range = bound;
    *p += (4096 - *p) >> 4;
    bit = 0;
  } else {
    decoder.code -= bound;
    decoder.range -= bound;
    *p -= *p >> 4;
    bit = 1;
  }
  while (decoder.range < TOP) {
    decoder.code = decoder.code << 8 | stream[decoder.at++];
    decoder.range <<= 8;
  }
  return bit;
}

static uint32_t encode(void) {
  reset();
  encoder.low = encoder.at = encoder.cache = 0;
  encoder.range = 0xffffffffu;
  encoder.pending = 1;
  unsigned context = 0;
  for (int i = 0; i < COUNT; i++) {
    unsigned node = 1;
    for (int b = 5; b >= 0; b--) {
      unsigned bit = symbols[i] >> b & 1;
      put(&models[context][node], bit);
      node = node << 1 | bit;
    }
    context = symbols[i] >> 5;
  }
  for (int i = 0; i < 5; i++) shift_low();
  return encoder.at;
}

static int decode(void) {
  int wrong = 0;
  reset();
  decoder.range = 0xffffffffu;
  decoder.code = decoder.at = 0;
  for (int i = 0; i < 5; i++) decoder.code = decoder.code << 8 | stream[decoder.at++];
  unsigned context = 0;
  for (int i = 0; i < COUNT; i++) {
    unsigned node = 1;
    while (node < 64) node = node << 1 | get(&models[context][node]);
    wrong += (node & 63) != symbols[i];
    context = node >> 5 & 1;
  }
  return wrong;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 8;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < COUNT; i++) {
      s = s * 1664525u + 1013904223u;
      symbols[i] = (uint8_t)((s >> 30 ? 20 + (s >> 27 & 3) : s >> 24) & 63) ^ (k & 32);
    }
    uint32_t length = encode();
    for (uint32_t i = 0; i < length; i++) h = h * 31u + stream[i];
    h ^= length << 8 ^ (uint32_t)decode();
  }
  return (int)h;
}

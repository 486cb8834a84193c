/* A key out of noisy bits, by the extended Golay code (24, 12): helper data hides the code words of a key behind the bits of the enrolment; a later reading with up to three wrong bits a word gives the key again. -O2. */
#include <stdint.h>

#define BLOCKS 10

static const uint16_t rows[12] = {0x7ff, 0xee2, 0xdc5, 0xb8b, 0xf16, 0xe2d, 0xc5b, 0x8b7, 0x96e, 0xadc, 0xdb8, 0xb71};
static uint32_t helper[BLOCKS];
static uint16_t key[BLOCKS];

static inline unsigned weight(uint32_t v) {
  v -= (v >> 1) & 0x55555555u;
  v = (v & 0x33333333u) + ((v >> 2) & 0x33333333u);
  v = (v + (v >> 4)) & 0x0f0f0f0fu;
  return (v * 0x01010101u) >> 24;
}

/* The product with the symmetric matrix, a sum of its rows. */
static unsigned times(unsigned v) {
  unsigned out = 0;
  for (int i = 0; i < 12; i++)
    if (v >> (11 - i) & 1) out ^= rows[i];
  return out;
}

static uint32_t encode(unsigned data) { return (uint32_t)data << 12 | times(data); }

/* The data of a word with at most three errors, -1 where there are more. */
static int decode(uint32_t word) {
  unsigned left = word >> 12, right = word & 0xfff;
  unsigned s = left ^ times(right);
  if (weight(s) <= 3) return (int)(left ^ s);
  for (int i = 0; i < 12; i++)
    if (weight(s ^ rows[i]) <= 2) return (int)(left ^ s ^ rows[i]);
  unsigned t = times(s);
  if (weight(t) <= 3) return (int)left;
  for (int i = 0; i < 12; i++)
    if (weight(t ^ rows[i]) <= 2) return (int)(left ^ 0x800u >> i);
  return -1;
}

static uint32_t state;

static uint32_t next(void) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, bits[BLOCKS];
  state = 0xbadc0deu;
  for (int k = 0; k < n; k++) {
    for (int b = 0; b < BLOCKS; b++) {
      bits[b] = next() >> 8;
      key[b] = (uint16_t)(next() & 0xfff);
      helper[b] = encode(key[b]) ^ bits[b];
    }
    for (int reading = 0; reading < 2; reading++) {
      unsigned lost = 0, wrong = 0;
      for (int b = 0; b < BLOCKS; b++) {
        uint32_t noise = 0;
        for (int e = (b + reading) % 5; e > 0; e--) noise |= 1u << (next() % 24);
        int data = decode(helper[b] ^ bits[b] ^ noise);
        if (data < 0) lost++;
        else if (data != key[b]) wrong++;
        h = h * 31u + (uint32_t)data;
      }
      h ^= lost << 16 | wrong << 24;
    }
  }
  return (int)h;
}

/* SipHash-2-4 of records of several lengths. */
#include <stdint.h>

static uint8_t data[80];

static uint64_t word(const uint8_t *p) {
  uint64_t v = 0;
  for (int i = 7; i >= 0; i--) v = v << 8 | p[i];
  return v;
}

#define ROTL(x, b) ((x) << (b) | (x) >> (64 - (b)))
#define ROUND                                                                                                                              \
  do {                                                                                                                                     \
    v0 += v1, v1 = ROTL(v1, 13), v1 ^= v0, v0 = ROTL(v0, 32);                                                                              \
    v2 += v3, v3 = ROTL(v3, 16), v3 ^= v2;                                                                                                 \
    v0 += v3, v3 = ROTL(v3, 21), v3 ^= v0;                                                                                                 \
    v2 += v1, v1 = ROTL(v1, 17), v1 ^= v2, v2 = ROTL(v2, 32);                                                                              \
  } while (0)

static __attribute__((noinline)) uint64_t siphash(const uint8_t *p, unsigned length, uint64_t k0, uint64_t k1) {
  uint64_t v0 = k0 ^ 0x736f6d6570736575u, v1 = k1 ^ 0x646f72616e646f6du, v2 = k0 ^ 0x6c7967656e657261u, v3 = k1 ^ 0x7465646279746573u;
  uint64_t last = (uint64_t)length << 56;
  for (; length >= 8; length -= 8, p += 8) {
    uint64_t m = word(p);
    v3 ^= m;
    ROUND;
    ROUND;
    v0 ^= m;
  }
  while (length--) last |= (uint64_t)p[length] << (8 * length);
  v3 ^= last;
  ROUND;
  ROUND;
  v0 ^= last;
  v2 ^= 0xff;
  for (int i = 0; i < 4; i++) ROUND;
  return v0 ^ v1 ^ v2 ^ v3;
}

__attribute__((export_name("run"))) int run(int n) {
  uint64_t h = 0;
  for (int i = 0; i < 80; i++) data[i] = (uint8_t)(i * 11);
  for (int k = 0; k < n; k++) {
    data[5] = (uint8_t)k;
    for (unsigned length = 13; length <= 63; length += 10) h = (h << 1 | h >> 63) ^ siphash(data + (length & 3), length, h, 0x0f0e0d0c0b0a0908u);
  }
  return (int)(h ^ h >> 32);
}

/* Montgomery multiplication of 192 bits, words of 32, and a power by squaring. */
#include <stdint.h>

#define WORDS 6

static const uint32_t p[WORDS] = {0xffffffff, 0xffffffff, 0xfffffffe, 0xffffffff, 0xffffffff, 0xffffffff};

static __attribute__((noinline)) void multiply(uint32_t *r, const uint32_t *a, const uint32_t *b) {
  uint32_t t[WORDS + 2] = {0};
  for (int i = 0; i < WORDS; i++) {
    uint64_t carry = 0;
    for (int j = 0; j < WORDS; j++) {
      carry += (uint64_t)a[j] * b[i] + t[j];
      t[j] = (uint32_t)carry;
      carry >>= 32;
    }
    carry += t[WORDS];
    t[WORDS] = (uint32_t)carry;
    t[WORDS + 1] = (uint32_t)(carry >> 32);
    uint32_t m = t[0]; /* -1 / p is 1 modulo 2^32 */
    carry = ((uint64_t)m * p[0] + t[0]) >> 32;
    for (int j = 1; j < WORDS; j++) {
      carry += (uint64_t)m * p[j] + t[j];
      t[j - 1] = (uint32_t)carry;
      carry >>= 32;
    }
    carry += t[WORDS];
    t[WORDS - 1] = (uint32_t)carry;
    t[WORDS] = t[WORDS + 1] + (uint32_t)(carry >> 32);
  }
  uint32_t s[WORDS];
  int64_t borrow = 0;
  for (int j = 0; j < WORDS; j++) {
    borrow += (int64_t)t[j] - p[j];
    s[j] = (uint32_t)borrow;
    borrow >>= 32;
  }
  uint32_t keep = (uint32_t)(borrow + t[WORDS]) >> 31 ? 0xffffffffu : 0; /* without a branch on secrets */
  for (int j = 0; j < WORDS; j++) r[j] = (t[j] & keep) | (s[j] & ~keep);
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t x[WORDS], y[WORDS];
  for (int j = 0; j < WORDS; j++) x[j] = 0x9e3779b9u * (uint32_t)(j + 1), y[j] = 0x85ebca6bu * (uint32_t)(j + 3);
  for (int k = 0; k < n; k++) {
    x[0] ^= (uint32_t)k;
    for (uint32_t e = 0xb5u; e; e >>= 1) {
      if (e & 1) multiply(y, y, x);
      multiply(x, x, x);
    }
  }
  uint32_t h = 0;
  for (int j = 0; j < WORDS; j++) h = h * 31 + y[j];
  return (int)h;
}

/* Long division of numbers of eight words of 32 bits by such of four, by Knuth's algorithm D with guesses of 64 by 32 bits, as a reduction modulo a number without a form needs it; quotient and rest are checked by multiplying. -O2. */
#include <stdint.h>

#define LONG 8
#define SHORT 4

static uint32_t dividend[LONG], divisor[SHORT], quotient[LONG - SHORT + 1], rest[SHORT];

static void divide(void) {
  uint32_t u[LONG + 1], v[SHORT];
  unsigned shift = (unsigned)__builtin_clz(divisor[SHORT - 1]);
  for (int i = SHORT - 1; i > 0; i--) v[i] = (uint32_t)(((uint64_t)divisor[i] << 32 | divisor[i - 1]) << shift >> 32);
  v[0] = divisor[0] << shift;
  u[LONG] = (uint32_t)((uint64_t)dividend[LONG - 1] << shift >> 32);
  for (int i = LONG - 1; i > 0; i--) u[i] = (uint32_t)(((uint64_t)dividend[i] << 32 | dividend[i - 1]) << shift >> 32);
  u[0] = dividend[0] << shift;
  for (int j = LONG - SHORT; j >= 0; j--) {
    uint64_t top = (uint64_t)u[j + SHORT] << 32 | u[j + SHORT - 1];
    uint64_t guess = top / v[SHORT - 1], left = top % v[SHORT - 1];
    while (guess >> 32 || guess * v[SHORT - 2] > (left << 32 | u[j + SHORT - 2])) {
      guess--;
      left += v[SHORT - 1];
      if (left >> 32) break;
    }
    int64_t borrow = 0;
    uint64_t carry = 0;
    for (int i = 0; i < SHORT; i++) {
      carry += guess * v[i];
      int64_t t = (int64_t)u[i + j] - borrow - (int64_t)(carry & 0xffffffffu);
      u[i + j] = (uint32_t)t;
      borrow = t < 0;
      carry >>= 32;
    }
    int64_t t = (int64_t)u[j + SHORT] - borrow - (int64_t)carry;
    u[j + SHORT] = (uint32_t)t;
    if (t < 0) {
      guess--;
      uint64_t back = 0;
      for (int i = 0; i < SHORT; i++) {
        back += (uint64_t)u[i + j] + v[i];
        u[i + j] = (uint32_t)back;
        back >>= 32;
      }
      u[j + SHORT] += (uint32_t)back;
    }
    quotient[j] = (uint32_t)guess;
  }
  for (int i = 0; i < SHORT; i++) rest[i] = (uint32_t)(((uint64_t)u[i + 1] << 32 | u[i]) >> shift);
}

/* Whether quotient times divisor and the rest are the dividend. */
static int proven(void) {
  uint32_t product[LONG + 1] = {0};
  for (int i = 0; i < SHORT; i++) product[i] = rest[i];
  for (int j = 0; j <= LONG - SHORT; j++) {
    uint64_t carry = 0;
    for (int i = 0; i < SHORT; i++) {
      carry += (uint64_t)quotient[j] * divisor[i] + product[i + j];
      product[i + j] = (uint32_t)carry;
      carry >>= 32;
    }
    for (int i = j + SHORT; i <= LONG && carry; i++) {
      carry += product[i];
      product[i] = (uint32_t)carry;
      carry >>= 32;
    }
  }
  uint32_t wrong = product[LONG];
  for (int i = 0; i < LONG; i++) wrong |= product[i] ^ dividend[i];
  return wrong == 0;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 0x2545f491u;
  for (int k = 0; k < n; k++)
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < LONG + SHORT; i++) {
        s ^= s << 13;
        s ^= s >> 17;
        s ^= s << 5;
        uint32_t word = (s & 0x70) == 0 ? 0xffffffffu : s;
        if (i < LONG) dividend[i] = word;
        else divisor[i - LONG] = word;
      }
      divisor[SHORT - 1] = divisor[SHORT - 1] >> (k + round) % 20 | 1;
      divide();
      for (int i = 0; i <= LONG - SHORT; i++) h = h * 31u + quotient[i];
      for (int i = 0; i < SHORT; i++) h = h * 31u + rest[i];
      h += (uint32_t)proven();
    }
  return (int)h;
}

/* Multiplication in the field of the curve P-256: eight words of 32 bits, products column by column, then the prime's own way to fold sixteen words into eight (nine sums of words), sums and differences; six products and two squares as a doubling of a point has them. -O2. */
#include <stdint.h>

typedef uint32_t Field[8];

static const uint32_t prime[8] = {0xffffffff, 0xffffffff, 0xffffffff, 0, 0, 0, 1, 0xffffffff};

static uint32_t take_away(uint32_t *r, const uint32_t *a, const uint32_t *b) {
  int64_t borrow = 0;
  for (int i = 0; i < 8; i++) {
    borrow += (int64_t)a[i] - b[i];
    r[i] = (uint32_t)borrow;
    borrow >>= 32;
  }
  return (uint32_t)borrow & 1;
}

/* sums with a carry above that is small, of either sign */
static void settle(Field r, int32_t above) {
  Field t;
  while (above < 0) {
    uint64_t carry = 0;
    for (int i = 0; i < 8; i++) {
      carry += (uint64_t)r[i] + prime[i];
      r[i] = (uint32_t)carry;
      carry >>= 32;
    }
    above += (int32_t)carry;
  }
  while (above > 0) above -= (int32_t)take_away(r, r, prime);
  if (!take_away(t, r, prime))
    for (int i = 0; i < 8; i++) r[i] = t[i];
}

static void fold(Field r, const uint32_t *c) {
  int64_t sum = 0;
  sum += (int64_t)c[0] + c[8] + c[9] - c[11] - c[12] - c[13] - c[14];
  r[0] = (uint32_t)sum;
  sum >>= 32;
  sum += (int64_t)c[1] + c[9] + c[10] - c[12] - c[13] - c[14] - c[15];
  r[1] = (uint32_t)sum;
  sum >>= 32;
  sum += (int64_t)c[2] + c[10] + c[11] - c[13] - c[14] - c[15];
  r[2] = (uint32_t)sum;
  sum >>= 32;
  sum += (int64_t)c[3] + 2 * (int64_t)c[11] + 2 * (int64_t)c[12] + c[13] - c[15] - c[8] - c[9];
  r[3] = (uint32_t)sum;
  sum >>= 32;
  sum += (int64_t)c[4] + 2 * (int64_t)c[12] + 2 * (int64_t)c[13] + c[14] - c[9] - c[10];
  r[4] = (uint32_t)sum;
  sum >>= 32;
  sum += (int64_t)c[5] + 2 * (int64_t)c[13] + 2 * (int64_t)c[14] + c[15] - c[10] - c[11];
  r[5] = (uint32_t)sum;
  sum >>= 32;
  sum += (int64_t)c[6] + 3 * (int64_t)c[14] + 2 * (int64_t)c[15] + c[13] - c[8] - c[9];
  r[6] = (uint32_t)sum;
  sum >>= 32;
  sum += (int64_t)c[7] + 3 * (int64_t)c[15] + c[8] - c[10] - c[11] - c[12] - c[13];
  r[7] = (uint32_t)sum;
  settle(r, (int32_t)(sum >> 32));
}

static void multiply(Field r, const Field a, const Field b) {
  uint32_t wide[16];
  uint64_t low = 0;
  uint32_t high = 0;
  for (int k = 0; k < 15; k++) {
    int first = k < 8 ? 0 : k - 7, last = k < 8 ? k : 7;
    for (int i = first; i <= last; i++) {
      uint64_t p = (uint64_t)a[i] * b[k - i];
      low += p;
      high += low < p;
    }
    wide[k] = (uint32_t)low;
    low = low >> 32 | (uint64_t)high << 32;
    high = 0;
  }
  wide[15] = (uint32_t)low;
  fold(r, wide);
}

static void add(Field r, const Field a, const Field b) {
  uint64_t carry = 0;
  for (int i = 0; i < 8; i++) {
    carry += (uint64_t)a[i] + b[i];
    r[i] = (uint32_t)carry;
    carry >>= 32;
  }
  settle(r, (int32_t)carry);
}

static void subtract(Field r, const Field a, const Field b) { settle(r, -(int32_t)take_away(r, a, b)); }

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 256, h = 0;
  Field x, y, z, delta, gamma, beta, alpha, t, u;
  for (int i = 0; i < 8; i++) {
    s = s * 1664525u + 1013904223u;
    x[i] = s;
    y[i] = s ^ s >> 9;
    z[i] = i == 0;
  }
  settle(x, 0);
  settle(y, 0);
  for (int k = 0; k < n; k++) {
    multiply(delta, z, z);
    multiply(gamma, y, y);
    multiply(beta, x, gamma);
    subtract(t, x, delta);
    add(u, x, delta);
    multiply(alpha, t, u);
    add(t, alpha, alpha);
    add(alpha, alpha, t);
    add(t, beta, beta);
    add(t, t, t);
    multiply(u, alpha, alpha);
    subtract(u, u, t);
    subtract(u, u, t);
    multiply(z, y, z);
    add(z, z, z);
    for (int i = 0; i < 8; i++) x[i] = u[i];
    subtract(t, t, u);
    multiply(y, alpha, t);
    multiply(gamma, gamma, gamma);
    for (int i = 0; i < 3; i++) add(gamma, gamma, gamma);
    subtract(y, y, gamma);
    for (int i = 0; i < 8; i++) h = (h ^ x[i] ^ (y[i] >> 3)) * 0x01000193u + z[i];
  }
  return (int)h;
}

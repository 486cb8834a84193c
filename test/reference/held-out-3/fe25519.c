/* Multiplication in the field of Curve25519: ten limbs of 25 and 26 bits, products of 64 bits, carries. */
#include <stdint.h>

typedef int32_t fe[10];

static __attribute__((noinline)) void fe_mul(fe h, const fe f, const fe g) {
  int64_t t[10];
  for (int i = 0; i < 10; i++) t[i] = 0;
  for (int i = 0; i < 10; i++)
    for (int j = 0; j < 10; j++) {
      int64_t p = (int64_t)f[i] * g[j];
      if (i & j & 1) p *= 2;
      if (i + j >= 10) t[i + j - 10] += 19 * p;
      else t[i + j] += p;
    }
  int64_t carry = 0;
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i < 10; i++) {
      int bits = i & 1 ? 25 : 26;
      t[i] += carry;
      carry = (t[i] + ((int64_t)1 << (bits - 1))) >> bits;
      t[i] -= carry << bits;
    }
    carry *= 19;
  }
  t[0] += carry;
  for (int i = 0; i < 10; i++) h[i] = (int32_t)t[i];
}

static void fe_addsub(fe sum, fe difference, const fe f, const fe g) {
  for (int i = 0; i < 10; i++) {
    int32_t a = f[i], b = g[i];
    sum[i] = a + b;
    difference[i] = a - b;
  }
}

__attribute__((export_name("run"))) int run(int n) {
  fe a, b, c, d;
  for (int i = 0; i < 10; i++) {
    a[i] = i * 1234567 & 0x1ffffff;
    b[i] = (i + 3) * 7654321 & 0x1ffffff;
  }
  for (int k = 0; k < n; k++) {
    for (int m = 0; m < 4; m++) {
      fe_addsub(c, d, a, b);
      fe_mul(a, c, d);
      fe_mul(b, a, c);
    }
  }
  int r = 0;
  for (int i = 0; i < 10; i++) r ^= a[i] + b[i] * (i + 1);
  return r;
}

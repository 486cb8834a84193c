/* A transform of 64 complex points of 16 bits, radix 4, decimation in frequency, scaled by four at each stage. */
#include <stdint.h>

typedef struct { int16_t re, im; } cpx;

#define N 64
static cpx data[N], twiddle[N];

static void tables(void) {
  /* Rotation by 2 pi / 64 in Q14, renewed by multiplication. */
  int32_t c = 1 << 24, s = 0;
  for (int i = 0; i < N; i++) {
    twiddle[i].re = (int16_t)(c >> 10);
    twiddle[i].im = (int16_t)(-s >> 10);
    int32_t nc = (int32_t)(((int64_t)c * 16305 - (int64_t)s * 1606) >> 14);
    s = (int32_t)(((int64_t)s * 16305 + (int64_t)c * 1606) >> 14);
    c = nc;
  }
}

static inline cpx turn(int32_t re, int32_t im, cpx w) {
  cpx r = {(int16_t)((re * w.re - im * w.im) >> 14), (int16_t)((re * w.im + im * w.re) >> 14)};
  return r;
}

static __attribute__((noinline)) void transform(void) {
  for (int size = N, step = 1; size > 1; size >>= 2, step <<= 2) {
    int q = size >> 2;
    for (int j = 0; j < q; j++) {
      cpx w1 = twiddle[j * step], w2 = twiddle[2 * j * step], w3 = twiddle[3 * j * step];
      for (int i = j; i < N; i += size) {
        cpx a = data[i], b = data[i + q], c = data[i + 2 * q], d = data[i + 3 * q];
        int32_t sr = (a.re + c.re) >> 1, si = (a.im + c.im) >> 1, tr = (a.re - c.re) >> 1, ti = (a.im - c.im) >> 1;
        int32_t ur = (b.re + d.re) >> 1, ui = (b.im + d.im) >> 1, vr = (b.re - d.re) >> 1, vi = (b.im - d.im) >> 1;
        data[i].re = (int16_t)((sr + ur) >> 1);
        data[i].im = (int16_t)((si + ui) >> 1);
        data[i + q] = turn((tr + vi) >> 1, (ti - vr) >> 1, w1);
        data[i + 2 * q] = turn((sr - ur) >> 1, (si - ui) >> 1, w2);
        data[i + 3 * q] = turn((tr - vi) >> 1, (ti + vr) >> 1, w3);
      }
    }
  }
}

__attribute__((export_name("run"))) int run(int n) {
  tables();
  uint32_t h = 0;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < N; i++) {
      data[i].re = (int16_t)((i * (k + 5) % 64 - 32) * 900);
      data[i].im = 0;
    }
    transform();
    for (int i = 0; i < N; i++) h = h * 31 + (uint32_t)(data[i].re * data[i].re + data[i].im * data[i].im);
  }
  return (int)h;
}

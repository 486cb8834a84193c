/* A transform of 64 complex points by recursion: even and odd apart into a second array, Q15 with rounding, halves at each level; then the power of the first 32. -O1. */
#include <stdint.h>

struct complex {
  int16_t re, im;
};

/* A quarter of a wave, 17 values. */
static const int16_t quarter[17] = {0, 3212, 6393, 9512, 12539, 15446, 18204, 20787, 23170, 25329, 27245, 28898, 30273, 31356, 32137, 32609, 32767};

static struct complex x[64], scratch[64];

static int sine(unsigned turn) {
  unsigned at = turn & 15;
  switch ((turn >> 4) & 3) {
    case 0: return quarter[at];
    case 1: return quarter[16 - at];
    case 2: return -quarter[at];
    default: return -quarter[16 - at];
  }
}

static struct complex turned(struct complex v, unsigned turn) {
  int c = sine(turn + 16), s = sine(turn);
  return (struct complex){(int16_t)((v.re * c + v.im * s + 16384) >> 15), (int16_t)((v.im * c - v.re * s + 16384) >> 15)};
}

static void transform(struct complex *a, struct complex *t, unsigned count) {
  if (count == 2) {
    struct complex p = a[0], q = a[1];
    a[0] = (struct complex){(int16_t)((p.re + q.re) >> 1), (int16_t)((p.im + q.im) >> 1)};
    a[1] = (struct complex){(int16_t)((p.re - q.re) >> 1), (int16_t)((p.im - q.im) >> 1)};
    return;
  }
  unsigned half = count / 2;
  for (unsigned i = 0; i < half; i++) {
    t[i] = a[2 * i];
    t[half + i] = a[2 * i + 1];
  }
  transform(t, a, half);
  transform(t + half, a + half, half);
  for (unsigned i = 0; i < half; i++) {
    struct complex p = t[i], q = turned(t[half + i], i * (64 / count));
    a[i].re = (int16_t)((p.re + q.re) >> 1);
    a[i].im = (int16_t)((p.im + q.im) >> 1);
    a[half + i].re = (int16_t)((p.re - q.re) >> 1);
    a[half + i].im = (int16_t)((p.im - q.im) >> 1);
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 64; i++) {
      x[i].re = (int16_t)(sine((unsigned)(i * (k + 5))) / 2 + sine((unsigned)(i * 17)) / 3);
      x[i].im = (int16_t)(((i * 7919) & 2047) - 1024);
    }
    transform(x, scratch, 64);
    uint32_t most = 0;
    for (int i = 0; i < 32; i++) {
      uint32_t p = (uint32_t)(x[i].re * x[i].re + x[i].im * x[i].im);
      if (p > most) {
        most = p;
        h = h * 31 + (uint32_t)i;
      }
    }
    h ^= most;
  }
  return (int)h;
}

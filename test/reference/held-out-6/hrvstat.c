/* Variability of the heart rate from 36 intervals: what is no beat replaced, mean, deviation, root of mean squares of successive differences, share above 50 ms, triangular index of a histogram, the two axes of Poincare's plot, median. -Os. */
#include <stdint.h>

#define COUNT 36

struct features {
  uint16_t mean, median, sdnn, rmssd, pnn50, triangular, sd1, sd2, replaced;
};

static uint16_t intervals[COUNT], sorted[COUNT];
static uint8_t histogram[64];

static uint16_t root(uint32_t v) {
  uint32_t x = v, y = 1;
  if (v < 2) return (uint16_t)v;
  while (x > y) {
    x = (x + y) >> 1;
    y = v / x;
  }
  return (uint16_t)x;
}

/* Beats that came too early or were missed: the mean of the neighbours. */
static int clean(uint16_t *rr, int count) {
  int replaced = 0;
  for (int i = 1; i + 1 < count; i++) {
    int32_t around = (rr[i - 1] + rr[i + 1]) / 2, off = rr[i] - around;
    if (off < 0) off = -off;
    if (off * 5 > around || rr[i] < 300 || rr[i] > 2000) {
      rr[i] = (uint16_t)around;
      replaced++;
    }
  }
  return replaced;
}

static void measure(const uint16_t *rr, int count, struct features *f) {
  uint32_t sum = 0, squares = 0, steps = 0;
  int32_t total = 0;
  int over = 0, peak = 0;
  for (int i = 0; i < count; i++) sum += rr[i];
  f->mean = (uint16_t)(sum / (uint32_t)count);
  for (int i = 0; i < 64; i++) histogram[i] = 0;
  for (int i = 0; i < count; i++) {
    int32_t d = rr[i] - f->mean;
    squares += (uint32_t)(d * d);
    int bin = rr[i] / 16 - 25;
    bin = bin < 0 ? 0 : bin > 63 ? 63 : bin;
    if (++histogram[bin] > peak) peak = histogram[bin];
    int j = i;
    for (; j > 0 && sorted[j - 1] > rr[i]; j--) sorted[j] = sorted[j - 1];
    sorted[j] = rr[i];
    if (i) {
      int32_t e = rr[i] - rr[i - 1];
      steps += (uint32_t)(e * e);
      total += e;
      over += e > 50 || e < -50;
    }
  }
  uint32_t n = (uint32_t)count - 1;
  f->median = (uint16_t)((sorted[count / 2] + sorted[(count - 1) / 2]) / 2);
  f->sdnn = root(squares / n);
  f->rmssd = root(steps / n);
  f->pnn50 = (uint16_t)(1000 * over / (int)n);
  f->triangular = (uint16_t)(100 * count / peak);
  uint32_t mean = (uint32_t)(total * total) / (n * n);
  uint32_t sdsd = steps / n - mean, twice = 2 * (squares / n), half = sdsd / 2;
  f->sd1 = root(half);
  f->sd2 = twice > half ? root(twice - half) : 0;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 42;
  struct features f;
  for (int k = 0; k < n; k++) {
    int32_t level = 780 + (k & 15) * 9;
    for (int i = 0; i < COUNT; i++) {
      s = s * 1664525u + 1013904223u;
      int32_t breath = (i * 5 + k) % 22;
      int32_t v = level + (breath < 11 ? breath : 22 - breath) * 9 - 50 + (int32_t)(s >> 25) - 64;
      if ((s >> 20 & 31) == 7) v = v * 5 / 9;
      intervals[i] = (uint16_t)v;
    }
    f.replaced = (uint16_t)clean(intervals, COUNT);
    measure(intervals, COUNT, &f);
    const uint16_t *w = &f.mean;
    for (unsigned i = 0; i < sizeof f / sizeof *w; i++) h = h * 31u + w[i];
  }
  return (int)h;
}

/* Sliding DFT of six bins over 32 samples in Q14, then powers and the ratio of the strongest to the rest. */
#include <stdint.h>

#define N 32
#define BINS 6

struct bin {
  int32_t re, im;
  int16_t cos, sin;
};

static struct bin bins[BINS];
static int16_t ring[N];
static unsigned at;

static const int16_t turn[BINS][2] = {{16069, 3196}, {15137, 6270}, {13623, 9102}, {11585, 11585}, {9102, 13623}, {6270, 15137}};

static void start(void) {
  for (int b = 0; b < BINS; b++) {
    bins[b].re = bins[b].im = 0;
    bins[b].cos = turn[b][0];
    bins[b].sin = turn[b][1];
  }
  for (int i = 0; i < N; i++) ring[i] = 0;
  at = 0;
}

static __attribute__((noinline)) void push(int16_t x) {
  int32_t change = x - ring[at];
  ring[at] = x;
  at = (at + 1) % N;
  for (struct bin *b = bins; b != bins + BINS; b++) {
    int32_t re = b->re + change, im = b->im;
    b->re = (re * b->cos - im * b->sin + 8192) >> 14;
    b->im = (re * b->sin + im * b->cos + 8192) >> 14;
  }
}

static int ratio(void) {
  uint32_t best = 0, all = 1;
  for (int i = 0; i < BINS; i++) {
    uint32_t p = (uint32_t)(bins[i].re * bins[i].re + bins[i].im * bins[i].im) >> 6;
    all += p;
    if (p > best) best = p;
  }
  return (int)(((uint64_t)best << 10) / all);
}

__attribute__((export_name("run"))) int run(int n) {
  int r = 0;
  start();
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 64; i++) {
      int phase = (i * (2 + (k & 3))) & 31;
      push((int16_t)((phase < 16 ? phase * 40 - 320 : 960 - phase * 40) + ((i * 29) & 31)));
    }
    r = r * 7 + ratio();
  }
  return r;
}

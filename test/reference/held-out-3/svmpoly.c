/* A support vector machine with a cubic kernel, Q12, and pairwise votes. */
#include <stdint.h>

#define DIM 10
#define VECTORS 24
#define CLASSES 3

static int16_t support[VECTORS][DIM], alpha[CLASSES][VECTORS];
static const int32_t bias[CLASSES] = {120, -340, 77};

static void learn(void) {
  uint32_t s = 17;
  for (int v = 0; v < VECTORS; v++) {
    for (int d = 0; d < DIM; d++) {
      s = s * 22695477u + 1;
      support[v][d] = (int16_t)((int32_t)(s >> 16) - 32768) >> 3;
    }
    for (int c = 0; c < CLASSES; c++) {
      s = s * 22695477u + 1;
      alpha[c][v] = (int16_t)(s >> 20) - 2048;
    }
  }
}

static int32_t kernel(const int16_t *a, const int16_t *b) {
  int32_t dot = 0;
  for (int d = 0; d < DIM; d++) dot += a[d] * b[d];
  dot = (dot >> 14) + 4096;
  int32_t square = (dot * dot) >> 12;
  return (int32_t)(((int64_t)square * dot) >> 12);
}

static __attribute__((noinline)) int classify(const int16_t *x) {
  int64_t sums[CLASSES];
  int votes[CLASSES] = {0, 0, 0};
  for (int c = 0; c < CLASSES; c++) sums[c] = (int64_t)bias[c] << 12;
  for (int v = 0; v < VECTORS; v++) {
    int32_t k = kernel(x, support[v]);
    for (int c = 0; c < CLASSES; c++) sums[c] += (int64_t)k * alpha[c][v];
  }
  for (int a = 0; a < CLASSES; a++)
    for (int b = a + 1; b < CLASSES; b++) votes[sums[a] > sums[b] ? a : b]++;
  int best = 0;
  for (int c = 1; c < CLASSES; c++)
    if (votes[c] > votes[best]) best = c;
  return best + (int)(sums[best] >> 40);
}

__attribute__((export_name("run"))) int run(int n) {
  int16_t x[DIM];
  int r = 0;
  learn();
  for (int k = 0; k < n; k++)
    for (int w = 0; w < 4; w++) {
      for (int d = 0; d < DIM; d++) x[d] = (int16_t)(((d + 1) * (k * 37 + w * 1013)) & 8191) - 4096;
      r = r * 5 + classify(x);
    }
  return r;
}

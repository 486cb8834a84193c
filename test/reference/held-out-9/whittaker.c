/* The baseline of a pulse wave by Whittaker and Eilers: a smooth line that pays for second differences, samples above it weigh little and those below much, three rounds; each round factors a matrix of five diagonals and solves (Q12, ratios in Q16, quotients of 64 bits, the line in 1/16); what is left over the line. -O3. */
#include <stdint.h>

#define N 40
#define STIFF 50 /* times 4096 */

static int32_t wave[N], line[N], weight[N];
static int32_t ratio1[N], ratio2[N], pivot[N], side[N];

static int32_t scaled(int32_t a, int32_t b) { return (int32_t)(((int64_t)a * b) >> 16); }

static int32_t diagonal(int i) {
  int edge = i < N - 1 - i ? i : N - 1 - i;
  return (edge == 0 ? 1 : edge == 1 ? 5 : 6) * STIFF * 4096 + weight[i];
}

static void factor(void) {
  for (int i = 0; i < N; i++) {
    int32_t d = diagonal(i);
    if (i > 0) d -= scaled(ratio1[i - 1], side[i - 1]);
    if (i > 1) d -= scaled(ratio2[i - 2], STIFF * 4096);
    pivot[i] = d;
    if (i < N - 1) {
      int32_t off = (i == 0 || i == N - 2 ? -2 : -4) * STIFF * 4096;
      if (i > 0) off -= scaled(ratio1[i - 1], STIFF * 4096);
      side[i] = off;
      ratio1[i] = (int32_t)(((int64_t)off << 16) / d);
    }
    if (i < N - 2) ratio2[i] = (int32_t)(((int64_t)(STIFF * 4096) << 16) / d);
  }
}

static void solve(void) {
  /* the samples times their weights */
  for (int i = 0; i < N; i++) {
    int32_t v = wave[i] * weight[i];
    if (i > 0) v -= scaled(ratio1[i - 1], line[i - 1]);
    if (i > 1) v -= scaled(ratio2[i - 2], line[i - 2]);
    line[i] = v;
  }
  for (int i = N - 1; i >= 0; i--) {
    int32_t v = (int32_t)(((int64_t)line[i] << 4) / pivot[i]);
    if (i < N - 1) v -= scaled(ratio1[i], line[i + 1]);
    if (i < N - 2) v -= scaled(ratio2[i], line[i + 2]);
    line[i] = v;
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 1923;
  int32_t drift = 300;
  unsigned phase = 0;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < N; i++) {
      s = s * 1664525u + 1013904223u;
      drift += (int32_t)s >> 27;
      if (++phase >= 14 + (s >> 8 & 3)) phase = 0;
      int32_t beat = phase < 4 ? 60 * (int32_t)phase : phase < 10 ? 240 - 40 * ((int32_t)phase - 4) : 0;
      wave[i] = drift + beat + ((int32_t)s >> 14 & 7);
      weight[i] = 2048;
    }
    if (drift > 800 || drift < -200) drift = 300;
    for (int round = 0; round < 3; round++) {
      factor();
      solve();
      for (int i = 0; i < N; i++) weight[i] = wave[i] * 16 > line[i] ? 256 : 3840;
    }
    int32_t top = 0;
    for (int i = 0; i < N; i++) {
      int32_t over = wave[i] * 16 - line[i];
      if (over > top) top = over;
      h = h * 31u + (uint32_t)line[i];
    }
    h = h * 31u + (uint32_t)top;
  }
  return (int)h;
}

/* The axes of a movement: covariance of 32 samples of three axes, eigenvalues and vectors by Jacobi's rotations (tangent by a 64-bit quotient and root, Q30), sorted; how flat and how long the cloud is, and where its axis points. -O2. */
#include <stdint.h>

#define COUNT 32
#define ONE (1 << 30)

static int16_t samples[COUNT][3];

typedef struct {
  int32_t a[3][3]; /* symmetric */
  int32_t v[3][3]; /* columns are vectors, Q30 */
} pair_t;

static uint32_t root(uint64_t v) {
  uint64_t r = 0;
  for (uint64_t b = 1ull << 62; b; b >>= 2) {
    if (v >= r + b) {
      v -= r + b;
      r = (r >> 1) + b;
    } else
      r >>= 1;
  }
  return (uint32_t)r;
}

static inline int32_t mul(int32_t a, int32_t b) { return (int32_t)(((int64_t)a * b + (1 << 29)) >> 30); }

static void covariance(pair_t *p) {
  int32_t mean[3] = {0, 0, 0};
  for (int i = 0; i < COUNT; i++)
    for (int j = 0; j < 3; j++) mean[j] += samples[i][j];
  for (int j = 0; j < 3; j++) mean[j] /= COUNT;
  for (int r = 0; r < 3; r++)
    for (int c = r; c < 3; c++) {
      int64_t s = 0;
      for (int i = 0; i < COUNT; i++) s += (int64_t)(samples[i][r] - mean[r]) * (samples[i][c] - mean[c]);
      p->a[r][c] = p->a[c][r] = (int32_t)(s >> 5);
    }
  for (int r = 0; r < 3; r++)
    for (int c = 0; c < 3; c++) p->v[r][c] = r == c ? ONE : 0;
}

static void rotate(pair_t *p, int i, int j) {
  int32_t off = p->a[i][j];
  if (off == 0) return;
  int64_t theta = (((int64_t)p->a[j][j] - p->a[i][i]) << 15) / off; /* twice the cotangent's half, Q16 */
  int64_t size = theta < 0 ? -theta : theta;
  int32_t t = (int32_t)((1ll << 46) / (size + root((uint64_t)(size > 0x7fffffff ? 0x7fffffff : size) * (uint64_t)(size > 0x7fffffff ? 0x7fffffff : size) + (1ll << 32))));
  if (theta < 0) t = -t;
  int32_t c = (int32_t)((1ull << 60) / root((1ull << 60) + (uint64_t)((int64_t)t * t)));
  int32_t s = mul(t, c);
  int k = 3 - i - j;
  int32_t aik = p->a[i][k], ajk = p->a[j][k], shift = mul(t, off);
  p->a[i][i] -= shift;
  p->a[j][j] += shift;
  p->a[i][j] = p->a[j][i] = 0;
  p->a[i][k] = p->a[k][i] = mul(c, aik) - mul(s, ajk);
  p->a[j][k] = p->a[k][j] = mul(s, aik) + mul(c, ajk);
  for (int r = 0; r < 3; r++) {
    int32_t x = p->v[r][i], y = p->v[r][j];
    p->v[r][i] = mul(c, x) - mul(s, y);
    p->v[r][j] = mul(s, x) + mul(c, y);
  }
}

static int solve(pair_t *p, int order[3]) {
  int sweeps = 0;
  while (sweeps < 6 && (p->a[0][1] | p->a[0][2] | p->a[1][2])) {
    rotate(p, 0, 1);
    rotate(p, 0, 2);
    rotate(p, 1, 2);
    sweeps++;
  }
  for (int i = 0; i < 3; i++) order[i] = i;
  for (int i = 0; i < 2; i++)
    for (int j = 2; j > i; j--)
      if (p->a[order[j]][order[j]] > p->a[order[j - 1]][order[j - 1]]) {
        int t = order[j];
        order[j] = order[j - 1];
        order[j - 1] = t;
      }
  return sweeps;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 1234567;
  for (int k = 0; k < n; k++) {
    pair_t p;
    int order[3];
    for (int i = 0; i < COUNT; i++) {
      s = s * 1664525u + 1013904223u;
      int u = (int)(s >> 21) - 1024, v = (int)(s >> 10 & 511) - 256, w = (int)(s >> 3 & 127) - 64;
      samples[i][0] = (int16_t)(u * 3 + v + w + k);
      samples[i][1] = (int16_t)(u - v * 2 + w);
      samples[i][2] = (int16_t)(v - u + w * 3 - k * 5);
    }
    covariance(&p);
    int sweeps = solve(&p, order);
    int32_t l0 = p.a[order[0]][order[0]], l1 = p.a[order[1]][order[1]], l2 = p.a[order[2]][order[2]];
    h = h * 31u + (uint32_t)((((int64_t)(l0 - l1) << 10) / (l0 + 1)) << 10) + (uint32_t)(((int64_t)l2 << 12) / (l1 + 1)) + (uint32_t)sweeps;
    for (int r = 0; r < 3; r++) h = h * 7u + (uint32_t)(p.v[r][order[0]] >> 16);
  }
  return (int)h;
}

/* Altitude, climb and drift of a barometer by a Kalman filter of three states: small matrices in Q16, general routines for them, a measurement that is not always there. */
#include <stdint.h>

typedef int32_t fix;
typedef struct {
  fix a[3][3];
} mat;

static inline fix mul(fix a, fix b) { return (fix)(((int64_t)a * b + 32768) >> 16); }

static __attribute__((noinline)) void product(mat *r, const mat *a, const mat *b) {
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) {
      int64_t s = 0;
      for (int k = 0; k < 3; k++) s += (int64_t)a->a[i][k] * b->a[k][j];
      r->a[i][j] = (fix)(s >> 16);
    }
}

static __attribute__((noinline)) void transpose(mat *r, const mat *a) {
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) r->a[j][i] = a->a[i][j];
}

static struct {
  fix x[3];
  mat p;
} filter;

static mat f, ft;
static const fix q[3] = {66, 330, 7};

static void predict(fix push) {
  mat t;
  fix altitude = filter.x[0] + mul(f.a[0][1], filter.x[1]);
  filter.x[1] += mul(f.a[0][1], push - filter.x[2]);
  filter.x[0] = altitude;
  product(&t, &f, &filter.p);
  product(&filter.p, &t, &ft);
  for (int i = 0; i < 3; i++) filter.p.a[i][i] += q[i];
}

static void correct(fix measured, fix noise) {
  fix k[3], row[3];
  fix s = filter.p.a[0][0] + noise;
  fix error = measured - filter.x[0];
  for (int i = 0; i < 3; i++) {
    k[i] = (fix)(((int64_t)filter.p.a[i][0] << 16) / s);
    row[i] = filter.p.a[0][i];
    filter.x[i] += mul(k[i], error);
  }
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) filter.p.a[i][j] -= mul(k[i], row[j]);
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 8;
  const fix dt = 1311;
  f = (mat){{{65536, dt, 0}, {0, 65536, -dt}, {0, 0, 65536}}};
  transpose(&ft, &f);
  filter.p = (mat){{{6553600, 0, 0}, {0, 655360, 0}, {0, 0, 6554}}};
  for (int k = 0; k < n; k++)
    for (int i = 0; i < 12; i++) {
      s = s * 1664525u + 1013904223u;
      predict(((int32_t)s >> 15) + 9000);
      if (i % 3 != 1) correct((fix)(655360 + i * 7000 + (int32_t)(s >> 16)), i & 4 ? 131072 : 32768);
      h = h * 31 + (uint32_t)(filter.x[0] ^ filter.x[1] ^ filter.x[2]);
    }
  return (int)h;
}

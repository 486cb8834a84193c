/* Attitude from a gyroscope and gravity: a quaternion in Q30, products in 64 bits, normalised by one step of Newton. */
#include <stdint.h>

struct quat {
  int32_t w, x, y, z;
};

static struct quat q;

static int32_t mul(int32_t a, int32_t b) { return (int32_t)(((int64_t)a * b) >> 30); }

static __attribute__((noinline)) void turn(int32_t gx, int32_t gy, int32_t gz) {
  struct quat d = {
      -(mul(q.x, gx) + mul(q.y, gy) + mul(q.z, gz)),
      mul(q.w, gx) + mul(q.y, gz) - mul(q.z, gy),
      mul(q.w, gy) - mul(q.x, gz) + mul(q.z, gx),
      mul(q.w, gz) + mul(q.x, gy) - mul(q.y, gx),
  };
  q.w += d.w >> 1, q.x += d.x >> 1, q.y += d.y >> 1, q.z += d.z >> 1;
}

static void correct(const int16_t *acc) {
  /* where gravity should be */
  int32_t vx = 2 * (mul(q.x, q.z) - mul(q.w, q.y));
  int32_t vy = 2 * (mul(q.w, q.x) + mul(q.y, q.z));
  int32_t vz = (1 << 30) - 2 * (mul(q.x, q.x) + mul(q.y, q.y));
  int32_t ax = acc[0] << 15, ay = acc[1] << 15, az = acc[2] << 15;
  int32_t ex = mul(ay, vz) - mul(az, vy);
  int32_t ey = mul(az, vx) - mul(ax, vz);
  int32_t ez = mul(ax, vy) - mul(ay, vx);
  turn(ex >> 5, ey >> 5, ez >> 5);
}

static void normalise(void) {
  int64_t square = (int64_t)q.w * q.w + (int64_t)q.x * q.x + (int64_t)q.y * q.y + (int64_t)q.z * q.z;
  int32_t s = (int32_t)(square >> 31);      /* Q29 */
  int32_t f = (3 << 28) - (s >> 1);          /* (3 - s) / 2 in Q29 */
  int32_t *parts = &q.w;
  for (int i = 0; i < 4; i++) parts[i] = (int32_t)(((int64_t)parts[i] * f) >> 29);
}

__attribute__((export_name("run"))) int run(int n) {
  q = (struct quat){1 << 30, 0, 0, 0};
  uint32_t s = 5;
  for (int k = 0; k < n; k++)
    for (int i = 0; i < 20; i++) {
      s = s * 1664525u + 1013904223u;
      turn(((int32_t)s >> 10) + (k << 8), (int32_t)(s << 3) >> 9, ((i & 7) - 3) << 19);
      int16_t acc[3] = {(int16_t)((s >> 20) & 4095), (int16_t)(i * 300), 30000};
      if (i & 1) correct(acc);
      normalise();
    }
  return q.w ^ q.x ^ q.y ^ q.z;
}

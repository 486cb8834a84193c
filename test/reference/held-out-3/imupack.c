/* Samples of an inertial sensor: bit fields of 12 bits packed for the radio, unpacked again, scaled and range checked. */
#include <stdint.h>
#include <stdbool.h>

struct sample {
  int32_t ax : 12, ay : 12, tag : 8;
  int32_t az : 12, gx : 12, flags : 8;
  int16_t gy, gz;
};

static struct sample fifo[24], copy[24];
static uint8_t wire[24 * 10];

static void measure(int k) {
  uint32_t s = 1 + (uint32_t)k;
  for (int i = 0; i < 24; i++) {
    s ^= s << 13; s ^= s >> 17; s ^= s << 5;
    fifo[i].ax = (int32_t)s >> 20;
    fifo[i].ay = (int32_t)(s << 12) >> 20;
    fifo[i].tag = i & 31;
    s ^= s << 13; s ^= s >> 17; s ^= s << 5;
    fifo[i].az = (int32_t)s >> 20;
    fifo[i].gx = (int32_t)(s << 12) >> 20;
    fifo[i].flags = (s & 7) == 0;
    fifo[i].gy = (int16_t)((int32_t)s >> 21);
    fifo[i].gz = (int16_t)((int32_t)(s << 9) >> 21);
  }
}

static __attribute__((noinline)) void pack(const struct sample *s, uint8_t *p) {
  uint16_t v[6] = {(uint16_t)s->ax & 0xfff, (uint16_t)s->ay & 0xfff, (uint16_t)s->az & 0xfff,
                   (uint16_t)s->gx & 0xfff, (uint16_t)s->gy & 0xfff, (uint16_t)s->gz & 0xfff};
  p[0] = (uint8_t)((s->flags & 1) << 7 | (s->tag & 31));
  for (int i = 0; i < 6; i += 2) {
    *++p = (uint8_t)v[i];
    *++p = (uint8_t)(v[i] >> 8 | v[i + 1] << 4);
    *++p = (uint8_t)(v[i + 1] >> 4);
  }
}

static int32_t sign12(uint32_t v) { return (int32_t)(v << 20) >> 20; }

static __attribute__((noinline)) bool unpack(const uint8_t *p, struct sample *s) {
  int32_t v[6];
  s->tag = p[0] & 31;
  s->flags = p[0] >> 7;
  p++;
  for (int i = 0; i < 6; i += 2, p += 3) {
    v[i] = sign12(p[0] | (p[1] & 15u) << 8);
    v[i + 1] = sign12(p[1] >> 4 | (uint32_t)p[2] << 4);
  }
  s->ax = v[0]; s->ay = v[1]; s->az = v[2]; s->gx = v[3];
  s->gy = (int16_t)v[4]; s->gz = (int16_t)v[5];
  return v[0] > -2000 && v[0] < 2000 && v[4] * v[4] + v[5] * v[5] < 1800000;
}

__attribute__((export_name("run"))) int run(int n) {
  int r = 0;
  for (int k = 0; k < n; k++) {
    measure(k);
    for (int i = 0; i < 24; i++) pack(&fifo[i], wire + 10 * i);
    for (int i = 0; i < 24; i++) {
      if (!unpack(wire + 10 * i, &copy[i])) r += 7;
      if (copy[i].ay != fifo[i].ay || copy[i].gz != fifo[i].gz) r += 100000;
      r ^= copy[i].gx << (i & 7);
    }
  }
  return r;
}

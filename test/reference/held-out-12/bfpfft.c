/* A spectrum of 64 complex points that keeps small signals: radix 2 in place, one exponent for the whole block; before each stage the greatest part decides whether all is halved, quartered or left; a quarter of a sine as table, Q15; then the strongest bin below the middle, its share of all, and the lines of the three bins around it. -O3. */
#include <stdint.h>

#define POINTS 64

typedef struct {
  int16_t re, im;
} Complex;

static const int16_t sine[17] = {0, 3212, 6393, 9512, 12539, 15446, 18204, 20787, 23170, 25329, 27245, 28898, 30273, 31356, 32137, 32609, 32767};

static Complex data[POINTS];

static void turn_bits(void) {
  unsigned other = 0;
  for (unsigned i = 0; i < POINTS; i++) {
    if (i < other) {
      Complex t = data[i];
      data[i] = data[other];
      data[other] = t;
    }
    unsigned bit = POINTS >> 1;
    while (other & bit) {
      other ^= bit;
      bit >>= 1;
    }
    other |= bit;
  }
}

/* Bits by which all must be made smaller so that nothing overflows. */
static int head_room(void) {
  int most = 0;
  for (int i = 0; i < POINTS; i++) {
    int re = data[i].re < 0 ? -data[i].re : data[i].re;
    int im = data[i].im < 0 ? -data[i].im : data[i].im;
    if (re > most) most = re;
    if (im > most) most = im;
  }
  return (most > 13573) + (most > 27146);
}

static int transform(void) {
  int exponent = 0;
  turn_bits();
  for (int half = 1; half < POINTS; half *= 2) {
    int shift = head_room();
    exponent += shift;
    int step = POINTS / 2 / half;
    for (int j = 0; j < half; j++) {
      int angle = j * step;
      int c = angle <= 16 ? sine[16 - angle] : -sine[angle - 16];
      int s = angle <= 16 ? sine[angle] : sine[32 - angle];
      for (int i = j; i < POINTS; i += 2 * half) {
        Complex *p = &data[i], *q = &data[i + half];
        int re = q->re >> shift, im = q->im >> shift;
        int tre = (re * c + im * s + 16384) >> 15;
        int tim = (im * c - re * s + 16384) >> 15;
        re = p->re >> shift;
        im = p->im >> shift;
        p->re = (int16_t)(re + tre);
        p->im = (int16_t)(im + tim);
        q->re = (int16_t)(re - tre);
        q->im = (int16_t)(im - tim);
      }
    }
  }
  return exponent;
}

static uint32_t power(int bin) { return (uint32_t)(data[bin].re * data[bin].re) + (uint32_t)(data[bin].im * data[bin].im); }

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 64, h = 0;
  int x = 20000, y = 0;
  for (int k = 0; k < n; k++) {
    int loud = (int)(s >> 29);
    for (int i = 0; i < POINTS; i++) {
      s = s * 1664525u + 1013904223u;
      int t = x;
      x = (x * 14 - y * 7 + 8) >> 4;
      y = (y * 14 + t * 7 + 8) >> 4;
      data[i].re = (int16_t)((x >> loud) + ((int32_t)s >> 23));
      data[i].im = (int16_t)((y >> loud) + ((int32_t)(s << 8) >> 24));
    }
    if (x < 6000 && x > -6000) x += x < 0 ? -12000 : 12000;
    int exponent = transform();
    int best = 1;
    uint64_t all = 0;
    for (int i = 1; i < POINTS / 2; i++) {
      uint32_t p = power(i);
      all += p;
      if (p > power(best)) best = i;
    }
    h = h * 31u + (uint32_t)(exponent * 64 + best);
    h = h * 31u + (uint32_t)((uint64_t)power(best) * 1000 / (all + 1));
    for (int i = best - 1; i <= best + 1; i++) h = (h * 31u + (uint16_t)data[i].re) * 31u + (uint16_t)data[i].im;
    for (int i = 0; i < POINTS; i += 9) h = (h * 31u + (uint16_t)data[i].re) * 31u + (uint16_t)data[i].im;
  }
  return (int)h;
}

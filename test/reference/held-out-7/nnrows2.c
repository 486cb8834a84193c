/* A convolution as libraries for small cores have it: two patches widened to 16 bits at a time beside two rows of int8 weights, four sums, two products a step, the last patch alone; 10 positions by 6 with 4 channels, 3 by 3 taps, 6 filters. -O3. */
#include <stdint.h>

#define WIDTH 10
#define HEIGHT 6
#define CHANNELS 4
#define FILTERS 6
#define PATCH (3 * 3 * CHANNELS)

static int8_t image[HEIGHT * WIDTH * CHANNELS];
static int8_t weights[FILTERS * PATCH];
static int32_t biases[FILTERS];
static int16_t columns[2 * PATCH];
static int8_t output[(HEIGHT - 2) * (WIDTH - 3) * FILTERS];

static inline int8_t saturated(int32_t v) { return (int8_t)(v > 127 ? 127 : v < -128 ? -128 : v); }

static int8_t *two_columns(int8_t *out) {
  int8_t *other = out + FILTERS;
  const int8_t *a = weights;
  for (int f = 0; f < FILTERS; f += 2) {
    const int8_t *a2 = a + PATCH;
    const int16_t *b = columns, *b2 = columns + PATCH;
    int32_t s = biases[f], s2 = s, t = biases[f + 1], t2 = t;
    for (int i = PATCH / 2; i; i--) {
      int32_t w0 = a[0], w1 = a[1], v0 = a2[0], v1 = a2[1];
      int32_t x0 = b[0], x1 = b[1], y0 = b2[0], y1 = b2[1];
      s += w0 * x0 + w1 * x1;
      s2 += w0 * y0 + w1 * y1;
      t += v0 * x0 + v1 * x1;
      t2 += v0 * y0 + v1 * y1;
      a += 2;
      a2 += 2;
      b += 2;
      b2 += 2;
    }
    *out++ = saturated((s + 512) >> 10);
    *out++ = saturated((t + 512) >> 10);
    *other++ = saturated((s2 + 512) >> 10);
    *other++ = saturated((t2 + 512) >> 10);
    a += PATCH;
  }
  return other;
}

static int8_t *one_column(int8_t *out) {
  const int8_t *a = weights;
  for (int f = 0; f < FILTERS; f++) {
    int32_t s = biases[f];
    for (int i = 0; i < PATCH; i++) s += *a++ * columns[i];
    *out++ = saturated((s + 512) >> 10);
  }
  return out;
}

static void convolve(int32_t offset) {
  int8_t *out = output;
  int16_t *to = columns;
  for (int y = 0; y < HEIGHT - 2; y++)
    for (int x = 0; x < WIDTH - 3; x++) {
      for (int j = 0; j < 3; j++) {
        const int8_t *from = image + ((y + j) * WIDTH + x) * CHANNELS;
        for (int i = 0; i < 3 * CHANNELS; i++) *to++ = (int16_t)(from[i] + offset);
      }
      if (to == columns + 2 * PATCH) {
        out = two_columns(out);
        to = columns;
      }
    }
  if (to != columns) one_column(out);
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 1;
  for (int i = 0; i < FILTERS * PATCH; i++) {
    s = s * 1664525u + 1013904223u;
    weights[i] = (int8_t)(s >> 24);
  }
  for (int f = 0; f < FILTERS; f++) biases[f] = 4000 * f - 9000;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < HEIGHT * WIDTH * CHANNELS; i++) image[i] = (int8_t)((i * i * 7 + i * (k + 3)) >> 4);
    convolve(k & 31);
    for (unsigned i = 0; i < sizeof output; i++) h = h * 31u + (uint32_t)output[i];
  }
  return (int)h;
}

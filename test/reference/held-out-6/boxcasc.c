/* Is there a face before the watch: sums over rectangles of an image of 20 x 20 from its integral, a cascade of stages of weak answers by two or three boxes, windows of 12 x 12 two pixels apart, brightness evened out by the deviation. -O3. */
#include <stdint.h>

#define SIDE 20
#define ROW (SIDE + 1)
#define WINDOW 12

typedef struct {
  uint8_t x, y, w, h;
  int8_t weight;
} box_t;

typedef struct {
  box_t box[3];
  int16_t limit, pass, fail;
} weak_t;

typedef struct {
  uint8_t from, count;
  int16_t limit;
} stage_t;

static uint8_t image[SIDE * SIDE];
static uint32_t sums[ROW * ROW], squares[ROW * ROW];
static const weak_t weak[] = {
    {{{0, 2, 12, 6, -1}, {0, 4, 12, 2, 3}, {0, 0, 0, 0, 0}}, 12, -40, 70},
    {{{2, 3, 8, 4, -1}, {4, 3, 4, 4, 2}, {0, 0, 0, 0, 0}}, -5, 55, -30},
    {{{1, 1, 10, 6, -1}, {1, 4, 10, 3, 2}, {0, 0, 0, 0, 0}}, 3, -25, 60},
    {{{4, 0, 4, 12, -1}, {5, 0, 2, 12, 2}, {0, 0, 0, 0, 0}}, 8, -35, 45},
    {{{3, 6, 6, 6, -1}, {5, 6, 2, 3, 3}, {5, 9, 2, 3, 3}}, -2, 30, -50},
    {{{0, 0, 6, 6, 1}, {6, 6, 6, 6, 1}, {0, 0, 12, 12, 0}}, 40, -20, 35},
    {{{2, 8, 8, 3, -1}, {2, 9, 8, 1, 3}, {0, 0, 0, 0, 0}}, 0, -45, 40},
    {{{0, 0, 12, 12, -1}, {3, 3, 6, 6, 4}, {0, 0, 0, 0, 0}}, 6, -30, 38},
    {{{1, 5, 3, 4, 1}, {8, 5, 3, 4, -1}, {0, 0, 0, 0, 0}}, 4, 20, -22},
};
static const stage_t stages[] = {{0, 2, -20}, {2, 3, -15}, {5, 4, 5}};

static uint32_t root(uint32_t v) {
  uint32_t r = 0;
  for (uint32_t b = 1u << 30; b; b >>= 2) {
    uint32_t t = r + b;
    r >>= 1;
    if (v >= t) {
      v -= t;
      r += b;
    }
  }
  return r;
}

static void integrate(void) {
  for (int i = 0; i < ROW; i++) sums[i] = squares[i] = 0;
  for (int y = 0; y < SIDE; y++) {
    uint32_t s = 0, q = 0;
    uint32_t *a = sums + (y + 1) * ROW, *b = squares + (y + 1) * ROW;
    a[0] = b[0] = 0;
    for (int x = 0; x < SIDE; x++) {
      uint32_t v = image[y * SIDE + x];
      s += v;
      q += v * v;
      a[x + 1] = a[x + 1 - ROW] + s;
      b[x + 1] = b[x + 1 - ROW] + q;
    }
  }
}

static inline int32_t area(const uint32_t *t, int x, int y, int w, int h) {
  const uint32_t *p = t + y * ROW + x, *q = p + h * ROW;
  return (int32_t)(q[w] - q[0] - p[w] + p[0]);
}

/* How many stages a window passes. */
static int judge(int wx, int wy) {
  int32_t sum = area(sums, wx, wy, WINDOW, WINDOW);
  uint32_t square = (uint32_t)area(squares, wx, wy, WINDOW, WINDOW);
  int32_t mean = sum / (WINDOW * WINDOW);
  int32_t spread = (int32_t)root(square / (WINDOW * WINDOW) - (uint32_t)(mean * mean)) + 1;
  for (unsigned s = 0; s < sizeof stages / sizeof *stages; s++) {
    int32_t answer = 0;
    for (unsigned i = 0; i < stages[s].count; i++) {
      const weak_t *w = &weak[stages[s].from + i];
      int32_t v = 0;
      for (int b = 0; b < 3 && w->box[b].w; b++) {
        const box_t *x = &w->box[b];
        v += x->weight * area(sums, wx + x->x, wy + x->y, x->w, x->h);
      }
      answer += v < w->limit * spread ? w->fail : w->pass;
    }
    if (answer < stages[s].limit) return (int)s;
  }
  return 3;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0;
  for (int k = 0; k < n; k++) {
    uint32_t s = 99u + (uint32_t)k;
    for (int y = 0; y < SIDE; y++)
      for (int x = 0; x < SIDE; x++) {
        s = s * 1664525u + 1013904223u;
        int v = 90 + (x - 10) * (y - 9) + (int)(s >> 26);
        if ((x - 7) * (x - 7) + (y - 8) * (y - 8) < 6 || (x - 12) * (x - 12) + (y - 8) * (y - 8) < 6) v -= 60 + (k & 7) * 3;
        image[y * SIDE + x] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
      }
    integrate();
    for (int y = 0; y + WINDOW <= SIDE; y += 2)
      for (int x = 0; x + WINDOW <= SIDE; x += 2) h = h * 5u + (uint32_t)judge(x, y);
  }
  return (int)h;
}

/* A curve on a display of greys: quadratic curves of three points cut into as many straight pieces as their bend asks for, points by differences carried on; each piece drawn smoothly, two pixels a step whose shares make a whole, steep ones with the axes exchanged; 40 by 32 pixels that fade, six curves. -O3. */
#include <stdint.h>

#define WIDTH 40
#define HEIGHT 32

static uint8_t canvas[HEIGHT][WIDTH];

static void plot(int x, int y, unsigned share) {
  if (x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT) return;
  unsigned v = canvas[y][x] + (share * (255u - canvas[y][x]) >> 8);
  canvas[y][x] = (uint8_t)v;
}

/* ends in 1/256 of a pixel */
static void line(int32_t x0, int32_t y0, int32_t x1, int32_t y1) {
  int32_t dx = x1 - x0, dy = y1 - y0, t;
  int steep = (dy < 0 ? -dy : dy) > (dx < 0 ? -dx : dx);
  if (steep) {
    t = x0;
    x0 = y0;
    y0 = t;
    t = x1;
    x1 = y1;
    y1 = t;
    t = dx;
    dx = dy;
    dy = t;
  }
  if (dx < 0) {
    t = x0;
    x0 = x1;
    x1 = t;
    t = y0;
    y0 = y1;
    y1 = t;
    dx = -dx;
    dy = -dy;
  }
  if (dx == 0) return;
  int32_t slope = dy * 256 / dx;
  int first = (x0 + 255) >> 8, last = (x1 + 255) >> 8;
  int32_t y = y0 + (((first << 8) - x0) * slope >> 8);
  for (int x = first; x < last; x++) {
    unsigned share = (unsigned)y & 255;
    int whole = y >> 8;
    if (steep) {
      plot(whole, x, 255 - share);
      plot(whole + 1, x, share);
    } else {
      plot(x, whole, 255 - share);
      plot(x, whole + 1, share);
    }
    y += slope;
  }
}

typedef struct {
  int32_t x, y;
} Point;

static int curve(const Point p[3]) {
  int32_t ax = p[0].x - 2 * p[1].x + p[2].x, ay = p[0].y - 2 * p[1].y + p[2].y;
  int32_t bend = (ax < 0 ? -ax : ax) + (ay < 0 ? -ay : ay);
  int shift = 1;
  while (shift < 4 && bend > 512) {
    shift++;
    bend >>= 2;
  }
  /* points at i / 2^shift: differences in 1/256 of 1/256 */
  int32_t unit = 16 - 2 * shift;
  int32_t x = p[0].x << 8, y = p[0].y << 8;
  int32_t ddx = (2 * ax) << (unit - 8), ddy = (2 * ay) << (unit - 8);
  int32_t dx = ((p[1].x - p[0].x) << (9 - shift)) + (ax << (unit - 8)), dy = ((p[1].y - p[0].y) << (9 - shift)) + (ay << (unit - 8));
  for (int i = 1 << shift; i > 0; i--) {
    int32_t nx = x + dx, ny = y + dy;
    line(x >> 8, y >> 8, nx >> 8, ny >> 8);
    x = nx;
    y = ny;
    dx += ddx;
    dy += ddy;
  }
  return shift;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 3030, h = 0;
  Point p[3];
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++) canvas[y][x] = 0;
  for (int k = 0; k < n; k++) {
    for (int y = 0; y < HEIGHT; y++)
      for (int x = 0; x < WIDTH; x++) canvas[y][x] = (uint8_t)(canvas[y][x] * 5 >> 3);
    p[2].x = p[2].y = 2000;
    for (int q = 0; q < 6; q++) {
      p[0] = p[2];
      for (int i = 1; i < 3; i++) {
        s = s * 1664525u + 1013904223u;
        p[i].x = (int32_t)(s >> 18) - 3000;
        p[i].y = (int32_t)(s >> 4 & 0x3fff) - 4000;
        if (i == 2 || q & 1) {
          p[i].x = (p[i].x + p[0].x) / 2;
          p[i].y = (p[i].y + p[0].y) / 2;
        }
      }
      h = h * 31u + (uint32_t)curve(p);
    }
    for (int y = 0; y < HEIGHT; y++) {
      uint32_t row = 0;
      for (int x = 0; x < WIDTH; x++) row = row * 33u + canvas[y][x];
      h = h * 31u + row;
    }
  }
  return (int)h;
}

/* Hands of a watch face: polygons of five to seven corners filled line by line, edges in order of their upper end, crossings in 16.16 carried from line to line and kept in order, pairs of them blended over a canvas of 32 by 32. -O3. */
#include <stdint.h>

#define SIDE 32
#define CORNERS 7

typedef struct {
  int top, bottom;
  int32_t x, slope;
} Edge;

static uint8_t canvas[SIDE][SIDE];

static int edges(const int corners[][2], int count, Edge *out) {
  int made = 0;
  for (int i = 0; i < count; i++) {
    const int *a = corners[i], *b = corners[i + 1 == count ? 0 : i + 1];
    if (a[1] == b[1]) continue;
    if (a[1] > b[1]) {
      const int *t = a;
      a = b;
      b = t;
    }
    Edge e = {a[1], b[1], a[0] * 65536, (b[0] - a[0]) * 65536 / (b[1] - a[1])};
    int at = made++;
    for (; at > 0 && out[at - 1].top > e.top; at--) out[at] = out[at - 1];
    out[at] = e;
  }
  return made;
}

static void span(int line, int32_t from, int32_t to, int colour) {
  int left = (from + 0xffff) >> 16, right = (to + 0xffff) >> 16;
  if (left < 0) left = 0;
  if (right > SIDE) right = SIDE;
  uint8_t *row = canvas[line];
  for (int x = left; x < right; x++) row[x] = (uint8_t)((row[x] * 3 + colour) >> 2);
}

static int fill(const int corners[][2], int count, int colour) {
  Edge list[CORNERS];
  Edge *active[CORNERS];
  int made = edges(corners, count, list), next = 0, live = 0, spans = 0;
  if (!made) return 0;
  for (int line = list[0].top; live || next < made; line++) {
    int kept = 0;
    for (int i = 0; i < live; i++)
      if (active[i]->bottom > line) {
        active[kept] = active[i];
        active[kept++]->x += active[i]->slope;
      }
    live = kept;
    while (next < made && list[next].top == line) active[live++] = &list[next++];
    for (int i = 1; i < live; i++) {
      Edge *e = active[i];
      int j = i;
      for (; j > 0 && active[j - 1]->x > e->x; j--) active[j] = active[j - 1];
      active[j] = e;
    }
    if (line < 0 || line >= SIDE) continue;
    for (int i = 0; i + 1 < live; i += 2) {
      span(line, active[i]->x, active[i + 1]->x, colour);
      spans++;
    }
  }
  return spans;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 63;
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++) canvas[y][x] = 0;
  for (int k = 0; k < n; k++) {
    for (int q = 0; q < 2; q++) {
      int corners[CORNERS][2], count = 5 + (q + k) % 3;
      for (int i = 0; i < count; i++) {
        s = s * 1664525u + 1013904223u;
        corners[i][0] = (int)(s >> 26) - 10;
        corners[i][1] = (int)(s >> 20 & 63) - 10;
      }
      h = h * 31u + (uint32_t)fill(corners, count, (int)(s >> 8 & 255));
    }
    for (int y = k & 1; y < SIDE; y += 2) {
      uint32_t sum = 0;
      for (int x = 0; x < SIDE; x++) sum = (sum << 1 | sum >> 31) + canvas[y][x];
      h = h * 31u + sum;
    }
  }
  return (int)h;
}

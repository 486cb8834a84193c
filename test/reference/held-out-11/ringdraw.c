/* The face that shows how active a day was: three rings around each other filled as far as the goals are reached (by the side of a line from the middle, sines from a table), outlines as circles by the midpoint in eight parts, a hand by Bresenham, on a display of 32 by 32 dots whose bytes are eight dots down; only what changed is sent, as runs of bytes. -O1. */
#include <stdint.h>

#define SIZE 32
#define PAGES (SIZE / 8)
#define MIDDLE 16

static uint8_t frame[PAGES][SIZE], shown[PAGES][SIZE];

/* 64 * sin of 0 to 16 sixty-fourths of a turn */
static const int8_t quarter[17] = {0, 6, 12, 19, 24, 30, 36, 41, 45, 49, 53, 56, 59, 61, 63, 64, 64};

static int sine(int angle) {
  angle &= 63;
  if (angle > 32) return -sine(angle - 32);
  return quarter[angle > 16 ? 32 - angle : angle];
}

static void dot(int x, int y, int on) {
  if (x < 0 || y < 0 || x >= SIZE || y >= SIZE) return;
  uint8_t *p = &frame[y >> 3][x];
  uint8_t bit = (uint8_t)(1 << (y & 7));
  if (on) *p |= bit;
  else *p &= (uint8_t)~bit;
}

static void circle(int cx, int cy, int r) {
  int x = 0, y = r, d = 1 - r;
  while (x <= y) {
    dot(cx + x, cy + y, 1);
    dot(cx - x, cy + y, 1);
    dot(cx + x, cy - y, 1);
    dot(cx - x, cy - y, 1);
    dot(cx + y, cy + x, 1);
    dot(cx - y, cy + x, 1);
    dot(cx + y, cy - x, 1);
    dot(cx - y, cy - x, 1);
    if (d < 0) d += 2 * x + 3;
    else {
      d += 2 * (x - y) + 5;
      y--;
    }
    x++;
  }
}

/* From twelve o'clock, to the right; which part of 64 the ring is filled. */
static void ring(int inner, int outer, int part) {
  int dx = sine(part), dy = sine(part + 16);
  for (int y = -outer; y <= outer; y++) {
    int reach = outer, hole = inner;
    while (reach * reach + y * y > outer * outer) reach--;
    while (hole >= 0 && hole * hole + y * y >= inner * inner) hole--;
    for (int x = -reach; x <= reach; x++) {
      if (x >= -hole && x <= hole) {
        x = hole;
        continue;
      }
      int before = dx * y + dy * x <= 0;
      if (part >= 64 || (part <= 32 ? x >= 0 && before : x >= 0 || before)) dot(MIDDLE + x, MIDDLE + y, 1);
    }
  }
}

static void hand(int angle, int length) {
  int x = MIDDLE, y = MIDDLE, toX = x + (sine(angle) * length) / 64, toY = y - (sine(angle + 16) * length) / 64;
  int dx = toX - x, dy = toY - y, sx = 1, sy = 1;
  if (dx < 0) dx = -dx, sx = -1;
  if (dy < 0) dy = -dy, sy = -1;
  int error = dx - dy;
  for (;;) {
    uint8_t *p = &frame[y >> 3][x];
    *p ^= (uint8_t)(1 << (y & 7));
    if (x == toX && y == toY) break;
    int twice = 2 * error;
    if (twice > -dy) error -= dy, x += sx;
    if (twice < dx) error += dx, y += sy;
  }
}

/* Runs of bytes that differ, joined over gaps of two; each costs its place and length. */
static uint32_t send(uint32_t h, int *cost) {
  for (int page = 0; page < PAGES; page++)
    for (int x = 0; x < SIZE;) {
      if (frame[page][x] == shown[page][x]) {
        x++;
        continue;
      }
      int end = x, alike = 0;
      for (int i = x; i < SIZE && alike <= 2; i++) {
        if (frame[page][i] == shown[page][i]) alike++;
        else {
          alike = 0;
          end = i;
        }
      }
      *cost += 3 + end + 1 - x;
      h = h * 31u + (uint32_t)(page << 12 | x << 6 | end);
      for (; x <= end; x++) {
        shown[page][x] = frame[page][x];
        h = h * 31u + frame[page][x];
      }
    }
  return h;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 1965, h = 0;
  int reached[3] = {9, 3, 20}, hour = 5;
  for (int p = 0; p < PAGES; p++)
    for (int x = 0; x < SIZE; x++) shown[p][x] = 0;
  for (int k = 0; k < n; k++) {
    int cost = 0;
    for (int p = 0; p < PAGES; p++)
      for (int x = 0; x < SIZE; x++) frame[p][x] = 0;
    for (int i = 0; i < 3; i++) {
      s = s * 1664525u + 1013904223u;
      reached[i] += (int)(s >> 29);
      if (reached[i] > 70) reached[i] -= 64;
      int inner = 12 - 4 * i, outer = inner + 1 + (i == 1);
      ring(inner, outer, reached[i]);
      circle(MIDDLE, MIDDLE, inner);
    }
    circle(MIDDLE + (int)(s >> 20 & 15) - 8, MIDDLE + (int)(s >> 16 & 15) - 8, 10);
    hour = (hour + 1) & 63;
    hand(hour, 9);
    hand(hour * 12, 14);
    h = send(h, &cost);
    h = h * 31u + (uint32_t)cost;
  }
  return (int)h;
}

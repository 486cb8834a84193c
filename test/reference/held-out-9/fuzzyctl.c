/* The light of a display by vague rules: surrounding light (five triangles over its logarithm), how fast it changes and how full the battery is (three each), eighteen rules whose conditions meet by the least, of rules with one answer the greatest, the answer is the mean of the answers' middles; it is followed slowly up and fast down; 24 steps. -O1. */
#include <stdint.h>

typedef struct {
  int16_t left, middle, right;
} Triangle;

typedef struct {
  uint8_t light, change, battery, answer; /* 15: whatever */
} Rule;

#define ANY 15

static const Triangle lights[5] = {{-1, 0, 120}, {40, 160, 280}, {200, 320, 440}, {360, 480, 600}, {520, 640, 2000}};
static const Triangle changes[3] = {{-900, -160, 0}, {-100, 0, 100}, {0, 160, 900}};
static const Triangle batteries[3] = {{-1, 0, 35}, {20, 50, 80}, {60, 100, 101}};
static const uint8_t answers[6] = {4, 20, 60, 110, 180, 255};
static const Rule rules[18] = {
  {0, 1, ANY, 0}, {0, 2, ANY, 1}, {0, 0, ANY, 0}, {1, 1, 0, 1}, {1, 1, 1, 1}, {1, 1, 2, 2}, {1, 0, ANY, 1}, {1, 2, ANY, 2}, {2, 1, 0, 1},
  {2, ANY, 1, 2}, {2, 1, 2, 3}, {2, 2, 2, 4}, {3, ANY, 0, 2}, {3, ANY, 1, 3}, {3, ANY, 2, 4}, {4, ANY, 0, 3}, {4, 0, ANY, 4}, {4, ANY, 2, 5},
};

static int member(const Triangle *t, int x) {
  if (x <= t->left || x >= t->right) return 0;
  if (x < t->middle) return (x - t->left) * 255 / (t->middle - t->left);
  return (t->right - x) * 255 / (t->right - t->middle);
}

/* 40 times the logarithm of base two, straight between its steps. */
static int loudness(uint32_t lux) {
  if (!lux) return 0;
  int top = 31 - __builtin_clz(lux);
  uint32_t rest = top >= 8 ? lux >> (top - 8) : lux << (8 - top);
  return 40 * top + (int)((rest - 256) * 40 >> 8);
}

static void grade(int *out, const Triangle *t, int count, int x) {
  for (int i = 0; i < count; i++) out[i] = member(t + i, x);
}

static int decide(int light, int change, int battery, int *fired) {
  int a[5], b[3], c[3], strength[6] = {0}, over = 0, under = 0;
  grade(a, lights, 5, light);
  grade(b, changes, 3, change);
  grade(c, batteries, 3, battery);
  for (int i = 0; i < 18; i++) {
    const Rule *r = &rules[i];
    int s = a[r->light];
    if (r->change != ANY && b[r->change] < s) s = b[r->change];
    if (r->battery != ANY && c[r->battery] < s) s = c[r->battery];
    if (s > strength[r->answer]) strength[r->answer] = s;
    if (s) ++*fired;
  }
  for (int i = 0; i < 6; i++) {
    over += strength[i] * answers[i];
    under += strength[i];
  }
  return under ? (over + under / 2) / under : -1;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 1965, lux = 500;
  int battery = 100 << 8, shown = 60 << 4, before = 0;
  for (int k = 0; k < n; k++) {
    int fired = 0;
    for (int t = 0; t < 24; t++) {
      s = s * 1664525u + 1013904223u;
      if (s >> 29 == 0) lux = (s >> 8 & 0xffff) >> (s >> 24 & 15);
      else lux += (lux * (s >> 20 & 31) >> 8) - (lux >> 4);
      if (lux > 60000) lux = 60000;
      int light = loudness(lux);
      int wanted = decide(light, light - before, battery >> 8, &fired);
      before = light;
      if (wanted >= 0) {
        int step = (wanted << 4) - shown;
        shown += step < 0 ? step / 2 : step / 8;
      }
      battery -= 2 + shown / 64;
      if (battery < 4 << 8) battery = 100 << 8;
      h = h * 31u + (uint32_t)shown;
      h = h * 31u + (uint32_t)wanted;
    }
    h = h * 31u + (uint32_t)fired;
  }
  return (int)h;
}

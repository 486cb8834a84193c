/* Which track gets which echo: costs of seven tracks and seven echoes (a distance of two coordinates and one of brightness), the cheapest pairs by the Hungarian method with potentials, row by row along the shortest way; then tracks follow their echoes with two filters. -O2. */
#include <stdint.h>

#define N 7
#define FAR 0x3fffffff

typedef struct {
  int32_t x, y, vx, vy, light;
} Track;

typedef struct {
  int32_t x, y, light;
} Echo;

static int32_t cost[N + 1][N + 1];
static int32_t row_price[N + 1], column_price[N + 1], least[N + 1];
static int owner[N + 1], way[N + 1];
static uint8_t done[N + 1];
static Track tracks[N];
static Echo echoes[N];

static int32_t distance(const Track *t, const Echo *e) {
  int32_t dx = t->x - e->x, dy = t->y - e->y, d = t->light - e->light;
  if (d < 0) d = -d;
  return (dx * dx + dy * dy) / 16 + 13 * d;
}

static int32_t assign(void) {
  for (int j = 0; j <= N; j++) row_price[j] = column_price[j] = owner[j] = 0;
  for (int i = 1; i <= N; i++) {
    int at = 0;
    owner[0] = i;
    for (int j = 0; j <= N; j++) {
      least[j] = FAR;
      done[j] = 0;
    }
    do {
      done[at] = 1;
      int row = owner[at], next = 0;
      int32_t delta = FAR;
      for (int j = 1; j <= N; j++) {
        if (done[j]) continue;
        int32_t left = cost[row][j] - row_price[row] - column_price[j];
        if (left < least[j]) {
          least[j] = left;
          way[j] = at;
        }
        if (least[j] < delta) {
          delta = least[j];
          next = j;
        }
      }
      for (int j = 0; j <= N; j++)
        if (done[j]) {
          row_price[owner[j]] += delta;
          column_price[j] -= delta;
        } else
          least[j] -= delta;
      at = next;
    } while (owner[at]);
    do {
      int before = way[at];
      owner[at] = owner[before];
      at = before;
    } while (at);
  }
  return -column_price[0];
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 7007, h = 0;
  for (int i = 0; i < N; i++) {
    s = s * 1664525u + 1013904223u;
    tracks[i].x = s >> 22;
    tracks[i].y = s >> 12 & 1023;
    tracks[i].light = s >> 6 & 63;
    tracks[i].vx = tracks[i].vy = 0;
  }
  for (int k = 0; k < n; k++) {
    for (int q = 0; q < 2; q++) {
      for (int i = 0; i < N; i++) {
        const Track *t = &tracks[(i * 3 + k) % N];
        s = s * 1664525u + 1013904223u;
        echoes[i].x = t->x + t->vx + (int32_t)(s >> 24) - 128;
        echoes[i].y = t->y + t->vy + (int32_t)(s >> 16 & 255) - 128;
        echoes[i].light = t->light + (int32_t)(s >> 12 & 15) - 8;
      }
      for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) cost[i + 1][j + 1] = distance(&tracks[i], &echoes[j]);
      h = h * 31u + (uint32_t)assign();
      for (int j = 1; j <= N; j++) {
        Track *t = &tracks[owner[j] - 1];
        const Echo *e = &echoes[j - 1];
        int32_t dx = e->x - t->x, dy = e->y - t->y;
        t->x = (t->x + t->vx + (dx >> 1)) & 1023;
        t->y = (t->y + t->vy + (dy >> 1)) & 1023;
        t->vx = (t->vx + (dx >> 3)) / 2;
        t->vy = (t->vy + (dy >> 3)) / 2;
        t->light = (t->light * 3 + e->light + 2) >> 2;
        h = h * 31u + (uint32_t)(owner[j] + t->x * 8);
      }
    }
  }
  return (int)h;
}

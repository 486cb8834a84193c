/* The nearest of 63 enrolled feature vectors of four int16: a tree that splits on one axis after the other, built by selection, searched by recursion with the best so far. */
#include <stdint.h>

#define COUNT 63
#define AXES 4

typedef struct {
  int16_t at[AXES];
  uint16_t label;
} point;

typedef struct {
  const point *nearest;
  int32_t best;
  unsigned visited;
} query;

static point points[COUNT];
static uint32_t seed;

static int32_t random16(void) {
  seed = seed * 1103515245u + 12345u;
  return (int32_t)((seed >> 16) & 0x3fff) - 0x2000;
}

static void build(point *p, int count, unsigned axis) {
  if (count < 2) return;
  int low = 0, high = count - 1, middle = count / 2;
  while (low < high) {
    int16_t pivot = p[(low + high) / 2].at[axis];
    int i = low, j = high;
    while (i <= j) {
      while (p[i].at[axis] < pivot) i++;
      while (p[j].at[axis] > pivot) j--;
      if (i <= j) {
        point t = p[i];
        p[i++] = p[j];
        p[j--] = t;
      }
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else break;
  }
  axis = (axis + 1) % AXES;
  build(p, middle, axis);
  build(p + middle + 1, count - middle - 1, axis);
}

static int32_t apart(const int16_t *a, const int16_t *b) {
  int32_t sum = 0;
  for (int i = 0; i < AXES; i++) {
    int32_t d = a[i] - b[i];
    sum += (d * d) >> 3;
  }
  return sum;
}

static void search(const point *p, int count, unsigned axis, const int16_t *probe, query *q) {
  while (count > 0) {
    int middle = count / 2;
    const point *m = p + middle;
    int32_t d = apart(m->at, probe);
    q->visited++;
    if (d < q->best) {
      q->best = d;
      q->nearest = m;
    }
    int32_t side = probe[axis] - m->at[axis];
    axis = (axis + 1) & (AXES - 1);
    int rest = count - middle - 1;
    if (side < 0) {
      search(p, middle, axis, probe, q);
      p = m + 1;
      count = rest;
    } else {
      search(m + 1, rest, axis, probe, q);
      count = middle;
    }
    if (((side * side) >> 3) >= q->best) return;
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0;
  seed = 2024;
  for (int i = 0; i < COUNT; i++) {
    for (int a = 0; a < AXES; a++) points[i].at[a] = (int16_t)random16();
    points[i].label = (uint16_t)i;
  }
  build(points, COUNT, 0);
  for (int k = 0; k < n; k++)
    for (int i = 0; i < 6; i++) {
      int16_t probe[AXES];
      query q = {0, INT32_MAX, 0};
      for (int a = 0; a < AXES; a++) probe[a] = (int16_t)random16();
      search(points, COUNT, 0, probe, &q);
      h = h * 31 + q.nearest->label * 64u + q.visited;
    }
  return (int)h;
}

/* Only what changed is drawn: five figures move over a face of 64 by 40 pixels, where each was and where it is now becomes a rectangle; rectangles are put together where one around both costs little more, and when the list of six is full with the one that grows least; then background and figures, cut off, in each rectangle. -O1. */
#include <stdint.h>

#define WIDTH 64
#define HEIGHT 40
#define MOST 6
#define SLACK 24

typedef struct {
  int16_t left, top, right, bottom; /* right and bottom are outside */
} Rect;

typedef struct {
  Rect at;
  int8_t dx, dy;
  uint8_t colour, round;
} Figure;

static uint8_t pixels[HEIGHT][WIDTH];
static Rect dirty[MOST];
static int count;
static Figure figures[5];

static int least(int a, int b) { return a < b ? a : b; }
static int most(int a, int b) { return a > b ? a : b; }

static int area(const Rect *r) { return (r->right - r->left) * (r->bottom - r->top); }

static Rect around(const Rect *a, const Rect *b) {
  Rect r;
  r.left = (int16_t)least(a->left, b->left);
  r.top = (int16_t)least(a->top, b->top);
  r.right = (int16_t)most(a->right, b->right);
  r.bottom = (int16_t)most(a->bottom, b->bottom);
  return r;
}

static int cut(Rect *r, const Rect *by) {
  r->left = (int16_t)most(r->left, by->left);
  r->top = (int16_t)most(r->top, by->top);
  r->right = (int16_t)least(r->right, by->right);
  r->bottom = (int16_t)least(r->bottom, by->bottom);
  return r->left < r->right && r->top < r->bottom;
}

static void spoil(Rect r) {
  static const Rect screen = {0, 0, WIDTH, HEIGHT};
  if (!cut(&r, &screen)) return;
  for (int i = 0; i < count;) {
    Rect both = around(&r, &dirty[i]);
    if (area(&both) <= area(&r) + area(&dirty[i]) + SLACK) {
      r = both;
      dirty[i] = dirty[--count];
      i = 0;
    } else i++;
  }
  if (count == MOST) {
    int best = 0, growth = WIDTH * HEIGHT + 1;
    for (int i = 0; i < count; i++) {
      Rect both = around(&r, &dirty[i]);
      int more = area(&both) - area(&dirty[i]);
      if (more < growth) {
        growth = more;
        best = i;
      }
    }
    dirty[best] = around(&r, &dirty[best]);
    return;
  }
  dirty[count++] = r;
}

static void draw(const Figure *f, const Rect *window) {
  Rect r = f->at;
  if (!cut(&r, window)) return;
  int last_x = f->at.right - 1, last_y = f->at.bottom - 1;
  for (int y = r.top; y < r.bottom; y++)
    for (int x = r.left; x < r.right; x++) {
      if (f->round) {
        /* the corners are not drawn */
        int from_side = least(x - f->at.left, last_x - x);
        int from_end = least(y - f->at.top, last_y - y);
        if (from_side + from_end < f->round) continue;
      }
      pixels[y][x] = f->colour;
    }
}

static int repaint(void) {
  int painted = 0;
  for (int i = 0; i < count; i++) {
    const Rect *r = &dirty[i];
    for (int y = r->top; y < r->bottom; y++)
      for (int x = r->left; x < r->right; x++) pixels[y][x] = (uint8_t)((x >> 2 ^ y >> 2) & 3);
    for (int f = 0; f < 5; f++) draw(&figures[f], r);
    painted += area(r);
  }
  return painted;
}

static void move(Figure *f) {
  spoil(f->at);
  if (f->at.left + f->dx < -4 || f->at.right + f->dx > WIDTH + 4) f->dx = (int8_t)-f->dx;
  if (f->at.top + f->dy < -4 || f->at.bottom + f->dy > HEIGHT + 4) f->dy = (int8_t)-f->dy;
  f->at.left += f->dx;
  f->at.right += f->dx;
  f->at.top += f->dy;
  f->at.bottom += f->dy;
  spoil(f->at);
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 6440, h = 0;
  for (int i = 0; i < 5; i++) {
    Figure *f = &figures[i];
    s = s * 1664525u + 1013904223u;
    f->at.left = (int16_t)(s >> 27);
    f->at.top = (int16_t)(s >> 22 & 15);
    f->at.right = (int16_t)(f->at.left + 5 + (s >> 18 & 7));
    f->at.bottom = (int16_t)(f->at.top + 4 + (s >> 15 & 7));
    f->dx = (int8_t)((s >> 12 & 7) - 3);
    f->dy = (int8_t)((s >> 9 & 3) - 1);
    f->colour = (uint8_t)(16 + i);
    f->round = (uint8_t)(i & 3);
  }
  count = 1;
  dirty[0] = (Rect){0, 0, WIDTH, HEIGHT};
  repaint();
  for (int k = 0; k < n; k++) {
    count = 0;
    s = s * 1664525u + 1013904223u;
    Figure *f = &figures[(s >> 20) % 5];
    f->dx = (int8_t)((s >> 28 & 7) - 3);
    f->dy = (int8_t)((s >> 25 & 3) - 1);
    for (int i = 0; i < 5; i++)
      if (figures[i].dx || figures[i].dy) move(&figures[i]);
    int painted = repaint();
    h = h * 31u + (uint32_t)(painted * 8 + count);
    for (int y = 0; y < HEIGHT; y += 3)
      for (int x = y & 7; x < WIDTH; x += 5) h = h * 31u + pixels[y][x];
  }
  return (int)h;
}

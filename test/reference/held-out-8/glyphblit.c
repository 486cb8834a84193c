/* Text on a display of one bit a pixel, 96 by 32: letters of uneven width put across words of 32 pixels, cut off at a window, in three modes; lines that changed since the last frame are found and sent as runs. -O3. */
#include <stdint.h>

#define ACROSS 3
#define LINES 32
#define GLYPHS 16
#define HEIGHT 8

enum { SET, FLIP, CLEAR };

typedef struct {
  uint8_t width;
  uint8_t rows[HEIGHT];
} Glyph;

typedef struct {
  int left, top, right, bottom;
} Box;

static Glyph font[GLYPHS];
static uint32_t frame[LINES][ACROSS], shown[LINES][ACROSS];

/* The bits of word `word` that lie from left up to right. */
static uint32_t inside(int word, int left, int right) {
  int from = left - word * 32, to = right - word * 32;
  if (from < 0) from = 0;
  if (to > 32) to = 32;
  if (from >= to) return 0;
  uint32_t mask = 0xffffffffu >> from;
  if (to < 32) mask &= ~(0xffffffffu >> to);
  return mask;
}

static void merge(uint32_t *at, uint32_t bits, uint32_t mask, int mode) {
  bits &= mask;
  switch (mode) {
    case SET:
      *at |= bits;
      break;
    case FLIP:
      *at ^= bits;
      break;
    default:
      *at &= ~bits;
  }
}

static void glyph(const Glyph *g, int x, int y, const Box *box, int mode) {
  int word = x >> 5, shift = x & 31;
  uint32_t first = word >= 0 && word < ACROSS ? inside(word, box->left, box->right) : 0;
  uint32_t second = word + 1 >= 0 && word + 1 < ACROSS ? inside(word + 1, box->left, box->right) : 0;
  if (!(first | second)) return;
  for (int row = 0; row < HEIGHT; row++) {
    int line = y + row;
    if (line < box->top || line >= box->bottom) continue;
    uint64_t bits = (uint64_t)g->rows[row] << 56 >> shift;
    if (first) merge(&frame[line][word], (uint32_t)(bits >> 32), first, mode);
    if (second) merge(&frame[line][word + 1], (uint32_t)bits, second, mode);
  }
}

static int text(uint32_t letters, int count, int x, int y, const Box *box, int mode) {
  for (int i = 0; i < count; i++) {
    const Glyph *g = &font[letters >> (4 * i) & (GLYPHS - 1)];
    if (x >= box->right) break;
    glyph(g, x, y, box, mode);
    x += g->width + 1;
  }
  return x;
}

/* Lines that differ, as runs of line and count. */
static uint32_t refresh(uint32_t h) {
  int run = 0;
  for (int line = 0; line <= LINES; line++) {
    uint32_t different = 0;
    if (line < LINES)
      for (int i = 0; i < ACROSS; i++) {
        different |= frame[line][i] ^ shown[line][i];
        shown[line][i] = frame[line][i];
      }
    if (different) run++;
    else if (run) {
      h = h * 31u + (uint32_t)((line - run) << 8 | run);
      run = 0;
    }
  }
  return h;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 45;
  for (int i = 0; i < GLYPHS; i++) {
    s = s * 1664525u + 1013904223u;
    font[i].width = (uint8_t)(3 + (s >> 30) + (s >> 28 & 1));
    for (int r = 0; r < HEIGHT; r++) {
      s = s * 1664525u + 1013904223u;
      font[i].rows[r] = (uint8_t)(s >> 24 & ~(0xffu >> font[i].width));
    }
  }
  for (int line = 0; line < LINES; line++)
    for (int i = 0; i < ACROSS; i++) frame[line][i] = shown[line][i] = 0;
  for (int k = 0; k < n; k++) {
    for (int q = 0; q < 5; q++) {
      Box box;
      s = s * 1664525u + 1013904223u;
      box.left = (int)(s >> 27);
      box.right = 96 - (int)(s >> 22 & 31);
      box.top = (int)(s >> 20 & 3);
      box.bottom = LINES - (int)(s >> 17 & 7);
      int x = (int)(s >> 10 & 63) - 12, y = (int)(s >> 5 & 31) - 5;
      uint32_t letters = s * 2654435761u;
      h = h * 31u + (uint32_t)text(letters, 8, x, y, &box, q == 4 ? CLEAR : q & 1);
    }
    h = refresh(h);
    for (int line = k & 1; line < LINES; line += 3) h = h * 31u + (frame[line][0] ^ frame[line][1] << 1 ^ frame[line][2] << 2);
  }
  return (int)h;
}

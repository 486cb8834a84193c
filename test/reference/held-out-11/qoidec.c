/* Icons stored small: the "quite OK" format for colours without opacity: runs, one of 64 colours seen before by a hash, small differences, differences around green, or all three bytes; 16 by 9 pixels coded, then decoded to the colours of the display (5, 6, 5) line by line and compared. -O3. */
#include <stdint.h>

#define WIDTH 16
#define HEIGHT 9
#define PIXELS (WIDTH * HEIGHT)

typedef struct {
  uint8_t r, g, b;
} Colour;

static Colour image[PIXELS];
static uint8_t coded[PIXELS * 4 + 8];
static uint16_t shown[PIXELS];

static unsigned slot(Colour c) { return (c.r * 3u + c.g * 5u + c.b * 7u + 255u * 11u) & 63; }
static int same(Colour a, Colour b) { return a.r == b.r && a.g == b.g && a.b == b.b; }

static int encode(void) {
  Colour seen[64], before = {0, 0, 0};
  uint8_t *p = coded;
  int run = 0;
  for (int i = 0; i < 64; i++) seen[i] = before;
  for (int i = 0; i < PIXELS; i++) {
    Colour c = image[i];
    if (same(c, before)) {
      if (++run == 62) {
        *p++ = 0xc0 | 61;
        run = 0;
      }
      continue;
    }
    if (run) {
      *p++ = (uint8_t)(0xc0 | (run - 1));
      run = 0;
    }
    unsigned at = slot(c);
    if (same(seen[at], c)) {
      *p++ = (uint8_t)at;
    } else {
      seen[at] = c;
      int dr = (int8_t)(c.r - before.r), dg = (int8_t)(c.g - before.g), db = (int8_t)(c.b - before.b);
      int rg = dr - dg, bg = db - dg;
      if (dr >= -2 && dr < 2 && dg >= -2 && dg < 2 && db >= -2 && db < 2) {
        *p++ = (uint8_t)(0x40 | (dr + 2) << 4 | (dg + 2) << 2 | (db + 2));
      } else if (dg >= -32 && dg < 32 && rg >= -8 && rg < 8 && bg >= -8 && bg < 8) {
        *p++ = (uint8_t)(0x80 | (dg + 32));
        *p++ = (uint8_t)((rg + 8) << 4 | (bg + 8));
      } else {
        *p++ = 0xfe;
        *p++ = c.r;
        *p++ = c.g;
        *p++ = c.b;
      }
    }
    before = c;
  }
  if (run) *p++ = (uint8_t)(0xc0 | (run - 1));
  return (int)(p - coded);
}

static void decode(void) {
  Colour seen[64], c = {0, 0, 0};
  const uint8_t *p = coded;
  for (int i = 0; i < 64; i++) seen[i] = c;
  for (int i = 0; i < PIXELS;) {
    unsigned op = *p++, count = 1;
    if (op == 0xfe) {
      c.r = *p++;
      c.g = *p++;
      c.b = *p++;
      seen[slot(c)] = c;
    } else
      switch (op >> 6) {
        case 0:
          c = seen[op];
          break;
        case 1:
          c.r += (uint8_t)((op >> 4 & 3) - 2);
          c.g += (uint8_t)((op >> 2 & 3) - 2);
          c.b += (uint8_t)((op & 3) - 2);
          seen[slot(c)] = c;
          break;
        case 2: {
          int dg = (int)(op & 63) - 32;
          unsigned more = *p++;
          c.r += (uint8_t)(dg - 8 + (int)(more >> 4));
          c.g += (uint8_t)dg;
          c.b += (uint8_t)(dg - 8 + (int)(more & 15));
          seen[slot(c)] = c;
          break;
        }
        default:
          count = (op & 63) + 1;
      }
    uint16_t pixel = (uint16_t)((c.r >> 3) << 11 | (c.g >> 2) << 5 | c.b >> 3);
    while (count--) shown[i++] = pixel;
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 2021, h = 0;
  for (int k = 0; k < n; k++) {
    Colour pen = {40, 40, 80};
    for (int i = 0; i < PIXELS; i++) {
      s = s * 1664525u + 1013904223u;
      unsigned kind = s >> 28;
      if (kind == 0) pen = (Colour){(uint8_t)(s >> 20), (uint8_t)(s >> 12), (uint8_t)(s >> 4)};
      else if (kind < 4) pen = (Colour){(uint8_t)(pen.r + (s >> 20 & 3) - 2), (uint8_t)(pen.g + (s >> 22 & 3) - 1), (uint8_t)(pen.b + (s >> 24 & 1))};
      else if (kind < 7) {
        uint8_t step = (uint8_t)((s >> 20 & 31) - 16);
        pen = (Colour){(uint8_t)(pen.r + step), (uint8_t)(pen.g + step + 2), (uint8_t)(pen.b + step - 1)};
      } else if (kind == 7 && i >= WIDTH) pen = image[i - WIDTH];
      image[i] = pen;
    }
    int size = encode();
    for (int i = 0; i < size; i++) h = h * 31u + coded[i];
    decode();
    int wrong = 0;
    for (int i = 0; i < PIXELS; i++) {
      wrong += shown[i] != (uint16_t)((image[i].r >> 3) << 11 | (image[i].g >> 2) << 5 | image[i].b >> 3);
      h = h * 31u + shown[i];
    }
    h = h * 31u + (uint32_t)(size + wrong * 1000);
  }
  return (int)h;
}

/* The hand of a watch as a picture, turned: a sprite of 20 by 20 greys around its middle by any angle (1/1024 of a turn, a quarter of a sine in a table), each of 14 by 14 pixels looked for in the sprite at 16.16 and mixed from four, outside is dark; laid over the face where it is brighter; the angle goes on and the sprite wears. -O1. */
#include <stdint.h>

#define SIDE 20
#define FACE 14

static const int16_t quarter[17] = {0, 1606, 3196, 4756, 6270, 7723, 9102, 10394, 11585, 12665, 13623, 14449, 15137, 15679, 16069, 16305, 16384};

static uint8_t sprite[SIDE][SIDE];
static uint8_t face[FACE][FACE];

static int sine(int angle) {
  int a = angle & 1023, part = a & 255;
  if (a & 256) part = 256 - part;
  int i = part >> 4, v = quarter[i];
  if (i < 16) v += ((quarter[i + 1] - v) * (part & 15)) >> 4;
  return a & 512 ? -v : v;
}

static int pixel(int x, int y) {
  if (x < 0 || y < 0 || x >= SIDE || y >= SIDE) return 0;
  return sprite[y][x];
}

static int mixed(int32_t u, int32_t v) {
  int x = u >> 16, y = v >> 16;
  int fx = u >> 8 & 255, fy = v >> 8 & 255;
  if (x < -1 || y < -1 || x >= SIDE || y >= SIDE) return 0;
  int above = pixel(x, y) * (256 - fx) + pixel(x + 1, y) * fx;
  int below = pixel(x, y + 1) * (256 - fx) + pixel(x + 1, y + 1) * fx;
  return (above * (256 - fy) + below * fy + 32768) >> 16;
}

static int draw(int angle) {
  int32_t c = sine(angle + 256) << 2, s = sine(angle) << 2;
  int lit = 0;
  for (int y = 0; y < FACE; y++) {
    int32_t dx = -(FACE - 1), dy = 2 * y - (FACE - 1); /* in halves */
    int32_t u = ((dx * c + dy * s) >> 1) + ((SIDE - 1) << 15);
    int32_t v = ((dy * c - dx * s) >> 1) + ((SIDE - 1) << 15);
    for (int x = 0; x < FACE; x++) {
      int g = mixed(u, v);
      if (g > face[y][x]) {
        face[y][x] = (uint8_t)g;
        lit++;
      }
      u += c;
      v -= s;
    }
  }
  return lit;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 1224, h = 0;
  int angle = 77;
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++) {
      s = s * 22695477u + 1u;
      sprite[y][x] = x > 7 && x < 12 ? (uint8_t)(128 + (s >> 25)) : (uint8_t)(s >> 27);
    }
  for (int k = 0; k < n; k++) {
    for (int y = 0; y < FACE; y++)
      for (int x = 0; x < FACE; x++) face[y][x] = (uint8_t)((x + y) << 1);
    h = h * 31u + (uint32_t)draw(angle);
    for (int y = 0; y < FACE; y++)
      for (int x = 0; x < FACE; x++) h = h * 31u + face[y][x];
    s = s * 22695477u + 1u;
    angle += 5 + (int)(s >> 26);
    for (int i = 0; i < 6; i++) {
      s = s * 22695477u + 1u;
      uint8_t *p = &sprite[(s >> 16) % SIDE][(s >> 8) % SIDE];
      *p = (uint8_t)(*p - (*p >> 3));
    }
  }
  return (int)h;
}

/* A notification for a small display: text in UTF-8 with some bytes spoilt, read by a table of states that puts a mark for what is no character, letters made large (Latin, Greek, Cyrillic), spaces put together, lines broken at spaces before 14 columns. -Os. */
#include <stdint.h>

static uint8_t text[160];
static uint16_t line[14];
static uint32_t state;

static uint32_t next(void) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

static unsigned put(uint8_t *p, uint32_t c) {
  if (c < 0x80) {
    p[0] = (uint8_t)c;
    return 1;
  }
  if (c < 0x800) {
    p[0] = (uint8_t)(0xc0 | c >> 6);
    p[1] = (uint8_t)(0x80 | (c & 63));
    return 2;
  }
  if (c < 0x10000) {
    p[0] = (uint8_t)(0xe0 | c >> 12);
    p[1] = (uint8_t)(0x80 | (c >> 6 & 63));
    p[2] = (uint8_t)(0x80 | (c & 63));
    return 3;
  }
  p[0] = (uint8_t)(0xf0 | c >> 18);
  p[1] = (uint8_t)(0x80 | (c >> 12 & 63));
  p[2] = (uint8_t)(0x80 | (c >> 6 & 63));
  p[3] = (uint8_t)(0x80 | (c & 63));
  return 4;
}

static unsigned compose(void) {
  unsigned length = 0;
  while (length < 120) {
    uint32_t v = next();
    switch (v & 7) {
      case 0: length += put(text + length, ' '); break;
      case 1: length += put(text + length, 0xe0 + (v >> 8) % 31); break;
      case 2: length += put(text + length, 0x3b1 + (v >> 8) % 25); break;
      case 3: length += put(text + length, 0x430 + (v >> 8) % 48); break;
      case 4: length += put(text + length, (v >> 8 & 15) == 0 ? 0x1f600 + (v >> 16 & 63) : 0x2019); break;
      default: length += put(text + length, 'a' + (v >> 8) % 26);
    }
    if ((v >> 27) == 5) text[length - 1] ^= 0x40;
  }
  return length;
}

static uint32_t large(uint32_t c) {
  if (c >= 'a' && c <= 'z') return c - 32;
  if (c >= 0xe0 && c <= 0xfe && c != 0xf7) return c - 32;
  if (c >= 0x3b1 && c <= 0x3c9) return c == 0x3c2 ? 0x3a3 : c - 32;
  if (c >= 0x430 && c <= 0x44f) return c - 32;
  if (c >= 0x450 && c <= 0x45f) return c - 80;
  return c;
}

static uint32_t hash;
static unsigned filled, lines;

static void flush(unsigned count) {
  for (unsigned i = 0; i < count; i++) hash = hash * 31u + line[i];
  hash = hash * 31u + '\n';
  lines++;
}

static void show(uint32_t c) {
  if (c == ' ' && (filled == 0 || line[filled - 1] == ' ')) return;
  if (filled == 14) {
    unsigned cut = 14;
    if (c == ' ') {
      flush(14);
      filled = 0;
      return;
    }
    while (cut > 0 && line[cut - 1] != ' ') cut--;
    if (cut == 0) {
      flush(14);
      filled = 0;
    } else {
      flush(cut - 1);
      for (unsigned i = cut; i < 14; i++) line[i - cut] = line[i];
      filled = 14 - cut;
    }
  }
  line[filled++] = (uint16_t)(c > 0xffff ? 0x25a1 : c);
}

static void render(unsigned length) {
  uint32_t c = 0;
  unsigned needed = 0, low = 0x80, high = 0xbf;
  for (unsigned i = 0; i < length; i++) {
    unsigned b = text[i];
    if (needed) {
      if (b >= low && b <= high) {
        c = c << 6 | (b & 63);
        low = 0x80;
        high = 0xbf;
        if (--needed == 0) show(large(c));
        continue;
      }
      show(0xfffd);
      needed = 0;
      low = 0x80;
      high = 0xbf;
    }
    if (b < 0x80) show(large(b));
    else if (b >= 0xc2 && b <= 0xdf) {
      needed = 1;
      c = b & 31;
    } else if (b >= 0xe0 && b <= 0xef) {
      if (b == 0xe0) low = 0xa0;
      if (b == 0xed) high = 0x9f;
      needed = 2;
      c = b & 15;
    } else if (b >= 0xf0 && b <= 0xf4) {
      if (b == 0xf0) low = 0x90;
      if (b == 0xf4) high = 0x8f;
      needed = 3;
      c = b & 7;
    } else
      show(0xfffd);
  }
  if (needed) show(0xfffd);
  if (filled) flush(filled);
  filled = 0;
}

__attribute__((export_name("run"))) int run(int n) {
  state = 424242;
  hash = lines = 0;
  for (int k = 0; k < n; k++) render(compose());
  return (int)(hash ^ lines << 16);
}

/* Crash reports over a slow link: LZW with codes of nine to ten bits that grow with the dictionary, the dictionary a tree of first child and next sibling, emptied when full; lines with words of a small vocabulary, coded into bytes and decoded by walking back from the end of each piece; compared; 120 letters. -Os. */
#include <stdint.h>

#define TEXT 120
#define CODES 320
#define CLEAR 256
#define FIRST 257
#define NONE 0

typedef struct {
  uint16_t prefix;
  uint8_t last;
  uint16_t child, sibling;
} Entry;

typedef struct {
  uint8_t *at;
  uint32_t bits;
  int count;
} Bits;

static Entry book[CODES];
static uint8_t text[TEXT], packed[256], back[TEXT + CODES];
static const char *const words[8] = {"fault ", "pc=", "lr=", "0800", "stack ", "in ", "bus ", "\n"};

static void put(Bits *b, unsigned code, int width) {
  b->bits |= (uint32_t)code << b->count;
  b->count += width;
  while (b->count >= 8) {
    *b->at++ = (uint8_t)b->bits;
    b->bits >>= 8;
    b->count -= 8;
  }
}

static unsigned get(Bits *b, int width) {
  while (b->count < width) {
    b->bits |= (uint32_t)*b->at++ << b->count;
    b->count += 8;
  }
  unsigned code = b->bits & ((1u << width) - 1);
  b->bits >>= width;
  b->count -= width;
  return code;
}

static void empty(void) {
  for (int i = 0; i < FIRST; i++) book[i] = (Entry){0, (uint8_t)i, NONE, NONE};
}

static unsigned follow(unsigned from, uint8_t c) {
  unsigned e = book[from].child;
  while (e != NONE && book[e].last != c) e = book[e].sibling;
  return e;
}

static int width_of(unsigned next) { return next > 512 ? 10 : 9; }

static int encode(void) {
  Bits b = {packed, 0, 0};
  unsigned next = FIRST, current = text[0];
  empty();
  for (int i = 1; i < TEXT; i++) {
    unsigned longer = follow(current, text[i]);
    if (longer != NONE) {
      current = longer;
      continue;
    }
    put(&b, current, width_of(next));
    if (next < CODES) {
      book[next] = (Entry){(uint16_t)current, text[i], NONE, book[current].child};
      book[current].child = (uint16_t)next++;
    } else {
      put(&b, CLEAR, width_of(next));
      empty();
      next = FIRST;
    }
    current = text[i];
  }
  put(&b, current, width_of(next));
  put(&b, 0, 7);
  return (int)(b.at - packed);
}

static int spell(unsigned code, uint8_t *to) {
  int length = 1;
  for (unsigned c = code; c >= FIRST; c = book[c].prefix) length++;
  for (int i = length; i-- > 0; code = book[code].prefix) to[i] = book[code].last;
  return length;
}

static int decode(void) {
  Bits b = {packed, 0, 0};
  unsigned next = FIRST, before = CLEAR;
  uint8_t *to = back;
  empty();
  while (to < back + TEXT) {
    unsigned code = get(&b, width_of(next));
    if (code == CLEAR) {
      next = FIRST;
      before = CLEAR;
      continue;
    }
    int length;
    if (before == CLEAR) {
      length = spell(code, to);
    } else {
      if (next < CODES) {
        book[next].prefix = (uint16_t)before;
        /* a piece that names itself ends as it begins */
        unsigned start = code == next ? before : code;
        while (start >= FIRST) start = book[start].prefix;
        book[next++].last = (uint8_t)start;
      }
      length = spell(code, to);
    }
    to += length;
    before = code;
  }
  return (int)(to - back);
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 1984, h = 0;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < TEXT;) {
      s = s * 1664525u + 1013904223u;
      for (const char *w = words[s >> 29]; *w && i < TEXT; w++) text[i++] = (uint8_t)*w;
      if ((s >> 20 & 3) == 0 && i < TEXT) text[i++] = (uint8_t)('0' + (s >> 10 & 7));
    }
    int size = encode();
    for (int i = 0; i < size; i++) h = h * 31u + packed[i];
    int length = decode(), same = 0;
    for (int i = 0; i < TEXT; i++) same += text[i] == back[i];
    h = h * 31u + (uint32_t)(size * 1000 + length + same);
  }
  return (int)h;
}

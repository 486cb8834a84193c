/* A certificate's bones: nested elements in DER are written back to front, then read with lengths of both forms, object numbers in base 128, whole numbers with their sign, bits and texts; every step asks whether the bytes are there. -Os. */
#include <stdint.h>

#define SIZE 256

static uint8_t buffer[SIZE];
static unsigned begin;
static uint32_t state;

static uint32_t next(void) {
  state = state * 1664525u + 1013904223u;
  return state >> 16;
}

static void byte(unsigned v) { buffer[--begin] = (uint8_t)v; }

/* Tag and length in front of what was written since `end`. */
static void wrap(unsigned tag, unsigned end) {
  unsigned length = end - begin;
  byte(length & 255);
  if (length > 127) byte(0x81);
  byte(tag);
}

static void number(int32_t v) {
  unsigned end = begin;
  do {
    byte((unsigned)v & 255);
    v >>= 8;
  } while (!(v == 0 && !(buffer[begin] & 128)) && !(v == -1 && buffer[begin] & 128));
  wrap(2, end);
}

static void object(unsigned a, uint32_t b) {
  unsigned end = begin;
  byte(b & 127);
  while (b >>= 7) byte(128 | (b & 127));
  byte(a);
  wrap(6, end);
}

static void text(unsigned length) {
  unsigned end = begin;
  while (length--) byte('A' + next() % 26);
  wrap(12, end);
}

static void compose(int k) {
  begin = SIZE;
  unsigned all = begin, inner = begin;
  for (unsigned i = 0; i < 8; i++) byte(next());
  byte(0);
  wrap(3, inner);
  inner = begin;
  for (int i = 0; i < 3; i++) {
    unsigned set = begin, pair;
    pair = begin;
    text(6 + next() % (k % 3 == 2 ? 30 : 8));
    object(42 + i, next() << (i * 5));
    wrap(0x30, pair);
    wrap(0x31, set);
  }
  wrap(0x30, inner);
  number((int32_t)(next() << (k & 15)) - 70000);
  number(k % 5);
  unsigned none = begin;
  wrap(5, none);
  wrap(0x30, all);
}

typedef struct {
  const uint8_t *at, *end;
} Slice;

static int open_next(Slice *s, unsigned *tag, Slice *content) {
  if (s->end - s->at < 2) return -1;
  *tag = *s->at++;
  unsigned length = *s->at++;
  if (length & 128) {
    unsigned count = length & 127;
    if (count == 0 || count > 2 || s->end - s->at < (int)count) return -2;
    for (length = 0; count; count--) length = length << 8 | *s->at++;
    if (length < 128) return -3;
  }
  if ((unsigned)(s->end - s->at) < length) return -4;
  content->at = s->at;
  content->end = s->at += length;
  return 0;
}

static int read(Slice s, int depth, uint32_t *h) {
  int elements = 0;
  while (s.at < s.end) {
    Slice c;
    unsigned tag;
    int e = open_next(&s, &tag, &c);
    if (e) return e;
    *h = *h * 31u + tag + (uint32_t)depth * 1000u;
    elements++;
    if (tag & 0x20) {
      if (depth == 6) return -5;
      int inner = read(c, depth + 1, h);
      if (inner < 0) return inner;
      elements += inner;
    } else if (tag == 2) {
      if (c.at == c.end || c.end - c.at > 4) return -6;
      int32_t v = (int8_t)*c.at++;
      while (c.at < c.end) v = (int32_t)((uint32_t)v << 8 | *c.at++);
      *h ^= (uint32_t)v;
    } else if (tag == 6) {
      if (c.at == c.end) return -7;
      unsigned first = *c.at++;
      *h = *h * 31u + first / 40u * 100u + first % 40u;
      uint32_t v = 0;
      while (c.at < c.end) {
        v = v << 7 | (*c.at & 127);
        if (!(*c.at++ & 128)) {
          *h = *h * 31u + v;
          v = 0;
        }
      }
    } else {
      for (; c.at < c.end; c.at++) *h = *h * 33u ^ *c.at;
    }
  }
  return elements;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0;
  state = 12;
  for (int k = 0; k < n; k++) {
    compose(k);
    Slice whole = {buffer + begin, buffer + SIZE};
    int elements = read(whole, 0, &h);
    buffer[begin + 3 + next() % 20] ^= (uint8_t)(1 << (k & 7));
    uint32_t g = 0;
    int broken = read(whole, 0, &g);
    h = h * 31u + (uint32_t)(elements * 100 + broken) + (broken < 0 ? 0 : g);
  }
  return (int)h;
}

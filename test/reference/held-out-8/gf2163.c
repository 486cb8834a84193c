/* A step of the ladder on a binary curve: elements of the field of 2^163 as six words, products by a comb with windows of four bits, squares by a table that spreads bits, folded by x^163 + x^7 + x^6 + x^3 + 1; one addition and one doubling, chosen by a bit without a branch. -O2. */
#include <stdint.h>

#define WORDS 6

typedef struct {
  uint32_t w[WORDS];
} Element;

typedef struct {
  Element x, z;
} Point;

static const uint8_t spread[16] = {0x00, 0x01, 0x04, 0x05, 0x10, 0x11, 0x14, 0x15, 0x40, 0x41, 0x44, 0x45, 0x50, 0x51, 0x54, 0x55};

static void reduce(uint32_t c[2 * WORDS], Element *r) {
  for (int i = 2 * WORDS - 1; i >= WORDS; i--) {
    uint32_t t = c[i];
    c[i - 6] ^= (t << 29);
    c[i - 5] ^= (t << 4) ^ (t << 3) ^ t ^ (t >> 3);
    c[i - 4] ^= (t >> 28) ^ (t >> 29);
  }
  uint32_t t = c[5] >> 3;
  c[0] ^= (t << 7) ^ (t << 6) ^ (t << 3) ^ t;
  c[1] ^= (t >> 25) ^ (t >> 26);
  c[5] &= 7;
  for (int i = 0; i < WORDS; i++) r->w[i] = c[i];
}

static void multiply(Element *r, const Element *a, const Element *b) {
  uint32_t table[16][WORDS + 1], c[2 * WORDS + 1];
  for (int i = 0; i <= WORDS; i++) table[0][i] = 0;
  for (int i = 0; i < WORDS; i++) table[1][i] = b->w[i];
  table[1][WORDS] = 0;
  for (int u = 2; u < 16; u += 2) {
    uint32_t carry = 0;
    for (int i = 0; i <= WORDS; i++) {
      uint32_t v = table[u >> 1][i];
      table[u][i] = v << 1 | carry;
      carry = v >> 31;
      table[u + 1][i] = table[u][i] ^ table[1][i];
    }
  }
  for (int i = 0; i <= 2 * WORDS; i++) c[i] = 0;
  for (int shift = 28; shift >= 0; shift -= 4) {
    for (int j = 0; j < WORDS; j++) {
      const uint32_t *row = table[a->w[j] >> shift & 15];
      for (int i = 0; i <= WORDS; i++) c[i + j] ^= row[i];
    }
    if (shift == 0) break;
    for (int i = 2 * WORDS; i > 0; i--) c[i] = c[i] << 4 | c[i - 1] >> 28;
    c[0] <<= 4;
  }
  reduce(c, r);
}

static void square(Element *r, const Element *a) {
  uint32_t c[2 * WORDS];
  for (int i = 0; i < WORDS; i++) {
    uint32_t v = a->w[i];
    c[2 * i] = spread[v & 15] | (uint32_t)spread[v >> 4 & 15] << 8 | (uint32_t)spread[v >> 8 & 15] << 16 | (uint32_t)spread[v >> 12 & 15] << 24;
    v >>= 16;
    c[2 * i + 1] = spread[v & 15] | (uint32_t)spread[v >> 4 & 15] << 8 | (uint32_t)spread[v >> 8 & 15] << 16 | (uint32_t)spread[v >> 12] << 24;
  }
  reduce(c, r);
}

static void add(Element *r, const Element *a, const Element *b) {
  for (int i = 0; i < WORDS; i++) r->w[i] = a->w[i] ^ b->w[i];
}

static void change(uint32_t bit, Point *p, Point *q) {
  uint32_t mask = 0u - bit, *a = p->x.w, *b = q->x.w;
  for (int i = 0; i < 2 * WORDS; i++) {
    uint32_t d = (a[i] ^ b[i]) & mask;
    a[i] ^= d;
    b[i] ^= d;
  }
}

/* p + q into p, whose difference has the coordinate x; 2 q into q (curve with b = 1). */
static void ladder(Point *p, Point *q, const Element *x) {
  Element a, b, c;
  multiply(&a, &p->x, &q->z);
  multiply(&b, &q->x, &p->z);
  add(&c, &a, &b);
  square(&p->z, &c);
  multiply(&c, &a, &b);
  multiply(&a, x, &p->z);
  add(&p->x, &a, &c);
  square(&a, &q->x);
  square(&b, &q->z);
  multiply(&q->z, &a, &b);
  square(&a, &a);
  square(&b, &b);
  add(&q->x, &a, &b);
}

static Point left, right;
static Element base;

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 5;
  for (int i = 0; i < WORDS; i++) {
    s = s * 1664525u + 1013904223u;
    base.w[i] = s;
    left.x.w[i] = s ^ 0x5a5a5a5au;
    left.z.w[i] = s >> 1;
    right.x.w[i] = s * 5u;
    right.z.w[i] = ~s;
  }
  base.w[5] &= 7;
  left.x.w[5] &= 7;
  left.z.w[5] &= 7;
  right.x.w[5] &= 7;
  right.z.w[5] &= 7;
  for (int k = 0; k < n; k++) {
    s = s * 1664525u + 1013904223u;
    uint32_t bit = s >> 31;
    change(bit, &left, &right);
    ladder(&left, &right, &base);
    change(bit, &left, &right);
    for (int i = 0; i < WORDS; i++) h = h * 31u + (left.x.w[i] ^ right.z.w[i]);
    h ^= left.z.w[2] + right.x.w[5];
  }
  return (int)h;
}

/* A shared secret on a small curve: y y = x x x - 3 x + b over the field of 2^31 - 1, points as X, Y, Z with x = X / Z^2 and y = Y / Z^3, doubling and adding of a plain point by the key's bits from above, the inverse by Fermat; both sides with keys of twelve bits of their own. -O2. */
#include <stdint.h>

#define P 0x7fffffffu

typedef struct {
  uint32_t x, y, z; /* z = 0: the point at infinity */
} Point;

static uint32_t mul(uint32_t a, uint32_t b) {
  uint64_t t = (uint64_t)a * b;
  uint32_t r = (uint32_t)(t & P) + (uint32_t)(t >> 31);
  return r >= P ? r - P : r;
}

static uint32_t add(uint32_t a, uint32_t b) {
  uint32_t r = a + b;
  return r >= P ? r - P : r;
}

static uint32_t sub(uint32_t a, uint32_t b) { return a >= b ? a - b : a + P - b; }

static uint32_t inverse(uint32_t a) {
  uint32_t r = 1, e = P - 2;
  while (e) {
    if (e & 1) r = mul(r, a);
    a = mul(a, a);
    e >>= 1;
  }
  return r;
}

static void twice(Point *p) {
  if (!p->z) return;
  uint32_t zz = mul(p->z, p->z), yy = mul(p->y, p->y);
  uint32_t s = mul(p->x, yy);
  s = add(s, s);
  s = add(s, s);
  uint32_t m = mul(sub(p->x, zz), add(p->x, zz)); /* a = -3 */
  m = add(m, add(m, m));
  uint32_t z = mul(p->y, p->z);
  p->z = add(z, z);
  p->x = sub(mul(m, m), add(s, s));
  uint32_t y4 = mul(yy, yy);
  y4 = add(y4, y4);
  y4 = add(y4, y4);
  p->y = sub(mul(m, sub(s, p->x)), add(y4, y4));
}

static void plus(Point *p, uint32_t x, uint32_t y) {
  if (!p->z) {
    *p = (Point){x, y, 1};
    return;
  }
  uint32_t zz = mul(p->z, p->z);
  uint32_t u = sub(mul(x, zz), p->x);
  uint32_t r = sub(mul(y, mul(zz, p->z)), p->y);
  if (!u) {
    if (r) p->z = 0;
    else twice(p);
    return;
  }
  uint32_t uu = mul(u, u), uuu = mul(uu, u), v = mul(p->x, uu);
  p->z = mul(p->z, u);
  p->x = sub(sub(mul(r, r), uuu), add(v, v));
  p->y = sub(mul(r, sub(v, p->x)), mul(p->y, uuu));
}

static void plain(Point *p) {
  uint32_t i = inverse(p->z), ii = mul(i, i);
  p->x = mul(p->x, ii);
  p->y = mul(p->y, mul(ii, i));
  p->z = 1;
}

static Point times(unsigned key, const Point *base) {
  Point r = {1, 1, 0};
  for (unsigned bit = 1u << 11; bit; bit >>= 1) {
    twice(&r);
    if (key & bit) plus(&r, base->x, base->y);
  }
  if (r.z) plain(&r);
  return r;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 25519;
  const Point base = {123456789, 1987654321, 1};
  for (int k = 0; k < n; k++) {
    s = s * 1664525u + 1013904223u;
    unsigned mine = (s >> 20) | 1, yours = (s >> 8 & 4095) | 1;
    Point a = times(mine, &base), b = times(yours, &base);
    h = (h * 31u + a.x) * 31u + b.y;
    Point one = times(mine, &b), two = times(yours, &a);
    h = h * 31u + one.x;
    if (one.x != two.x || one.y != two.y || one.z != two.z) h ^= 0xbad;
  }
  return (int)h;
}

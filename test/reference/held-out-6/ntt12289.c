/* Products of polynomials as signatures after quantum computers use them: a number-theoretic transform of 64 values modulo 12289, x^64 = -1, powers in bit-reversed order made once, Barrett's reduction, the difference of masked products. -O1. */
#include <stdint.h>

#define N 64
#define Q 12289

static uint16_t zetas[N], inverse[N];
static uint16_t a[N], b[N], c[N];

static unsigned reduce(uint32_t v) {
  uint32_t t = (uint32_t)(((uint64_t)v * 349496) >> 32);
  v -= t * Q;
  return v >= Q ? v - Q : v;
}

static unsigned plus(unsigned x, unsigned y) {
  unsigned s = x + y;
  return s >= Q ? s - Q : s;
}

static unsigned minus(unsigned x, unsigned y) { return x >= y ? x - y : x + Q - y; }

static unsigned power(unsigned x, unsigned e) {
  unsigned r = 1;
  for (; e; e >>= 1) {
    if (e & 1) r = reduce(r * x);
    x = reduce(x * x);
  }
  return r;
}

static unsigned reversed(unsigned v) {
  unsigned r = 0;
  for (int i = 0; i < 6; i++) {
    r = r << 1 | (v & 1);
    v >>= 1;
  }
  return r;
}

static void tables(void) {
  unsigned psi = power(11, (Q - 1) / (2 * N)), back = power(psi, 2 * N - 1);
  for (unsigned i = 0; i < N; i++) {
    zetas[i] = (uint16_t)power(psi, reversed(i));
    inverse[i] = (uint16_t)power(back, reversed(i));
  }
}

static void forward(uint16_t *p) {
  for (unsigned m = 1, t = N / 2; m < N; m *= 2, t /= 2)
    for (unsigned i = 0; i < m; i++) {
      unsigned z = zetas[m + i];
      for (unsigned j = 2 * i * t; j < 2 * i * t + t; j++) {
        unsigned u = p[j], v = reduce(p[j + t] * z);
        p[j] = (uint16_t)plus(u, v);
        p[j + t] = (uint16_t)minus(u, v);
      }
    }
}

static void backward(uint16_t *p) {
  for (unsigned m = N / 2, t = 1; m > 0; m /= 2, t *= 2)
    for (unsigned i = 0; i < m; i++) {
      unsigned z = inverse[m + i];
      for (unsigned j = 2 * i * t; j < 2 * i * t + t; j++) {
        unsigned u = p[j], v = p[j + t];
        p[j] = (uint16_t)plus(u, v);
        p[j + t] = (uint16_t)reduce(minus(u, v) * z);
      }
    }
  unsigned scale = power(N, Q - 2);
  for (unsigned j = 0; j < N; j++) p[j] = (uint16_t)reduce(p[j] * scale);
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 99991;
  tables();
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < N; i++) {
      s = s * 1664525u + 1013904223u;
      a[i] = (uint16_t)((s >> 8) % Q);
      b[i] = (uint16_t)((s >> 28) % 3 ? (s >> 28) % 3 - 1 : Q - 1); /* small */
    }
    forward(a);
    forward(b);
    for (int i = 0; i < N; i++) c[i] = (uint16_t)reduce((uint32_t)a[i] * b[i]);
    backward(c);
    uint32_t norm = 0;
    for (int i = 0; i < N; i++) {
      int32_t v = c[i] > Q / 2 ? c[i] - Q : c[i];
      norm += (uint32_t)(v < 0 ? -v : v);
      h = h * 31u + c[i];
    }
    h ^= norm;
  }
  return (int)h;
}

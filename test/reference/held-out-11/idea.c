/* Old locks still speak IDEA: eight rounds and a half of products modulo 65537, sums and exclusive ors on four words of 16 bits, 52 keys from one of 128 bits turned by 25, the keys for the way back by inverses (Euclid); three blocks by feedback of what was sealed before, and back; a new key from the last block each time. -O3. */
#include <stdint.h>

typedef struct {
  uint16_t k[52];
} Keys;

static uint16_t mul(uint16_t a, uint16_t b) {
  if (a == 0) return (uint16_t)(1 - b);
  if (b == 0) return (uint16_t)(1 - a);
  uint32_t p = (uint32_t)a * b;
  uint16_t low = (uint16_t)p, high = (uint16_t)(p >> 16);
  return (uint16_t)(low - high + (low < high));
}

static uint16_t inverse(uint16_t x) {
  if (x <= 1) return x;
  int32_t a = 65537, b = x, u = 0, v = 1;
  while (b != 1) {
    int32_t q = a / b, t = a - q * b;
    a = b;
    b = t;
    t = u - q * v;
    u = v;
    v = t;
  }
  return (uint16_t)(v < 0 ? v + 65537 : v);
}

static void expand(const uint16_t key[8], Keys *keys) {
  for (int i = 0; i < 8; i++) keys->k[i] = key[i];
  for (int i = 8; i < 52; i++) {
    const uint16_t *before = keys->k + (i & ~7) - 8;
    keys->k[i] = (uint16_t)(before[(i + 1) & 7] << 9 | before[(i + 2) & 7] >> 7);
  }
}

static void turn_around(const Keys *from, Keys *to) {
  for (int r = 0; r <= 8; r++) {
    const uint16_t *f = from->k + 6 * (8 - r);
    uint16_t *t = to->k + 6 * r;
    int outer = r == 0 || r == 8;
    t[0] = inverse(f[0]);
    t[1] = (uint16_t)-f[outer ? 1 : 2];
    t[2] = (uint16_t)-f[outer ? 2 : 1];
    t[3] = inverse(f[3]);
    if (r < 8) {
      t[4] = f[-2];
      t[5] = f[-1];
    }
  }
}

static void block(const Keys *keys, const uint16_t in[4], uint16_t out[4]) {
  const uint16_t *k = keys->k;
  uint16_t a = in[0], b = in[1], c = in[2], d = in[3];
  for (int r = 0; r < 8; r++, k += 6) {
    a = mul(a, k[0]);
    b += k[1];
    c += k[2];
    d = mul(d, k[3]);
    uint16_t e = mul(a ^ c, k[4]);
    uint16_t f = mul((uint16_t)((b ^ d) + e), k[5]);
    e += f;
    a ^= f;
    d ^= e;
    uint16_t t = b ^ e;
    b = c ^ f;
    c = t;
  }
  out[0] = mul(a, k[0]);
  out[1] = c + k[1];
  out[2] = b + k[2];
  out[3] = mul(d, k[3]);
}

static uint16_t data[12], sealed[12], opened[12];
static Keys forwards, backwards;

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 1991, h = 0;
  uint16_t key[8] = {1, 2, 3, 4, 5, 6, 7, 8};
  for (int i = 0; i < 12; i++) sealed[i] = (uint16_t)i;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 12; i++) {
      s = s * 1664525u + 1013904223u;
      data[i] = (uint16_t)(s >> 29 ? s >> 16 : 0);
    }
    expand(key, &forwards);
    turn_around(&forwards, &backwards);
    for (int i = 0; i < 12; i += 4) {
      uint16_t mixed[4];
      for (int j = 0; j < 4; j++) mixed[j] = data[i + j] ^ (i ? sealed[i + j - 4] : key[j]);
      block(&forwards, mixed, sealed + i);
    }
    for (int i = 0; i < 12; i += 4) {
      block(&backwards, sealed + i, opened + i);
      for (int j = 0; j < 4; j++) opened[i + j] ^= i ? sealed[i + j - 4] : key[j];
    }
    for (int i = 0; i < 12; i++) h = h * 31u + sealed[i] + (opened[i] == data[i] ? 70000u : 0u);
    for (int i = 0; i < 8; i++) key[i] = (uint16_t)(key[i] * 3u + sealed[4 + i]);
  }
  return (int)h;
}

/* Poly1305 of messages of several lengths: five limbs of 26 bits, products of 64. -O3. */
#include <stdint.h>

struct poly {
  uint32_t r[5], h[5], pad[4];
};

static uint8_t message[80];
static struct poly state;

static inline uint32_t le(const uint8_t *p) { return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24; }

static void start(struct poly *s, const uint8_t *key) {
  s->r[0] = le(key) & 0x3ffffff;
  s->r[1] = (le(key + 3) >> 2) & 0x3ffff03;
  s->r[2] = (le(key + 6) >> 4) & 0x3ffc0ff;
  s->r[3] = (le(key + 9) >> 6) & 0x3f03fff;
  s->r[4] = (le(key + 12) >> 8) & 0x00fffff;
  for (int i = 0; i < 5; i++) s->h[i] = 0;
  for (int i = 0; i < 4; i++) s->pad[i] = le(key + 16 + 4 * i);
}

static void block(struct poly *s, const uint8_t *m, uint32_t high) {
  const uint32_t *r = s->r;
  uint32_t *h = s->h;
  uint64_t d[5];
  h[0] += le(m) & 0x3ffffff;
  h[1] += (le(m + 3) >> 2) & 0x3ffffff;
  h[2] += (le(m + 6) >> 4) & 0x3ffffff;
  h[3] += (le(m + 9) >> 6) & 0x3ffffff;
  h[4] += (le(m + 12) >> 8) | high;
  for (int i = 0; i < 5; i++) {
    d[i] = 0;
    for (int j = 0; j < 5; j++) d[i] += (uint64_t)h[j] * (j <= i ? r[i - j] : 5 * r[5 + i - j]);
  }
  uint64_t c = 0;
  for (int i = 0; i < 5; i++) {
    d[i] += c;
    c = d[i] >> 26;
    h[i] = (uint32_t)d[i] & 0x3ffffff;
  }
  h[0] += (uint32_t)c * 5;
  h[1] += h[0] >> 26;
  h[0] &= 0x3ffffff;
}

static uint32_t finish(struct poly *s, uint32_t *tag) {
  uint32_t *h = s->h, g[5], c = 0;
  for (int round = 0; round < 2; round++) {
    for (int i = 1; i < 5; i++) {
      h[i] += c;
      c = h[i] >> 26;
      h[i] &= 0x3ffffff;
    }
    h[0] += c * 5;
    c = h[0] >> 26;
    h[0] &= 0x3ffffff;
  }
  h[1] += c;
  c = 5;
  for (int i = 0; i < 5; i++) {
    g[i] = h[i] + c;
    c = g[i] >> 26;
    g[i] &= 0x3ffffff;
  }
  uint32_t mask = 0u - c;
  for (int i = 0; i < 5; i++) h[i] = (h[i] & ~mask) | (g[i] & mask);
  uint32_t w[4] = {h[0] | h[1] << 26, h[1] >> 6 | h[2] << 20, h[2] >> 12 | h[3] << 14, h[3] >> 18 | h[4] << 8};
  uint64_t f = 0;
  for (int i = 0; i < 4; i++) {
    f += (uint64_t)w[i] + s->pad[i];
    tag[i] = (uint32_t)f;
    f >>= 32;
  }
  return tag[0] ^ tag[1] ^ tag[2] ^ tag[3];
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t r = 0, tag[4];
  uint8_t key[32], last[16];
  for (int i = 0; i < 32; i++) key[i] = (uint8_t)(i * 73 + 5);
  for (int k = 0; k < n; k++) {
    for (unsigned i = 0; i < sizeof message; i++) message[i] = (uint8_t)(i * 11 + (unsigned)k);
    for (unsigned length = 80; length > 40; length -= 23) {
      unsigned at = 0, i = 0;
      start(&state, key);
      for (; at + 16 <= length; at += 16) block(&state, message + at, 1u << 24);
      if (at < length) {
        for (; at < length; at++) last[i++] = message[at];
        last[i++] = 1;
        while (i < 16) last[i++] = 0;
        block(&state, last, 0);
      }
      r = r * 31 + finish(&state, tag);
      key[k & 15] ^= (uint8_t)tag[1];
    }
  }
  return (int)r;
}

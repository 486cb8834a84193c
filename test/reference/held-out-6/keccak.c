/* SHA3-256 of a record of 200 bytes and SHAKE128 as a source of 96 bytes: the permutation of Keccak in loops over 25 words of 64 bits, bytes taken in and given out by shifts. -O3. */
#include <stdint.h>

typedef struct {
  uint64_t a[25];
  unsigned at, rate;
} sponge_t;

static const uint64_t constants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
    0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
    0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};
static const uint8_t turns[24] = {1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44};
static const uint8_t places[24] = {10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1};

static inline uint64_t rol(uint64_t v, unsigned by) { return v << by | v >> (64 - by); }

static __attribute__((noinline)) void permute(uint64_t *a) {
  uint64_t c[5];
  for (int round = 0; round < 24; round++) {
    for (int x = 0; x < 5; x++) c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (int x = 0; x < 5; x++) {
      uint64_t d = c[(x + 4) % 5] ^ rol(c[(x + 1) % 5], 1);
      for (int y = 0; y < 25; y += 5) a[x + y] ^= d;
    }
    uint64_t t = a[1];
    for (int i = 0; i < 24; i++) {
      uint64_t u = a[places[i]];
      a[places[i]] = rol(t, turns[i]);
      t = u;
    }
    for (int y = 0; y < 25; y += 5) {
      for (int x = 0; x < 5; x++) c[x] = a[y + x];
      for (int x = 0; x < 5; x++) a[y + x] = c[x] ^ (~c[(x + 1) % 5] & c[(x + 2) % 5]);
    }
    a[0] ^= constants[round];
  }
}

static void start(sponge_t *s, unsigned rate) {
  for (int i = 0; i < 25; i++) s->a[i] = 0;
  s->at = 0;
  s->rate = rate;
}

static void absorb(sponge_t *s, const uint8_t *p, unsigned count) {
  while (count--) {
    s->a[s->at >> 3] ^= (uint64_t)*p++ << (s->at & 7) * 8;
    if (++s->at == s->rate) {
      permute(s->a);
      s->at = 0;
    }
  }
}

static void finish(sponge_t *s, uint8_t suffix) {
  s->a[s->at >> 3] ^= (uint64_t)suffix << (s->at & 7) * 8;
  s->a[(s->rate - 1) >> 3] ^= 0x8000000000000000;
  permute(s->a);
  s->at = 0;
}

static void squeeze(sponge_t *s, uint8_t *p, unsigned count) {
  while (count--) {
    if (s->at == s->rate) {
      permute(s->a);
      s->at = 0;
    }
    *p++ = (uint8_t)(s->a[s->at >> 3] >> (s->at & 7) * 8);
    s->at++;
  }
}

static uint8_t message[200], digest[32], stream[96];

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0;
  sponge_t s;
  for (int k = 0; k < n; k++) {
    for (unsigned i = 0; i < sizeof message; i++) message[i] = (uint8_t)(i * 7 + (unsigned)k);
    start(&s, 136);
    absorb(&s, message, sizeof message);
    finish(&s, 0x06);
    squeeze(&s, digest, sizeof digest);
    start(&s, 168);
    absorb(&s, digest, sizeof digest);
    finish(&s, 0x1f);
    squeeze(&s, stream, sizeof stream);
    for (unsigned i = 0; i < sizeof stream; i++) h = h * 33u + stream[i];
  }
  return (int)h;
}

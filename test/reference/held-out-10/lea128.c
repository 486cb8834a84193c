/* Records under LEA with a key of 128 bits: 24 rounds of sums, exclusive ors and turns on four words, the keys of all rounds made from four words and four constants; a chain of blocks where each is added to what was sealed before, opened again; six blocks, the key changes. -O3. */
#include <stdint.h>

#define ROUNDS 24
#define BLOCKS 6

static const uint32_t delta[4] = {0xc3efe9db, 0x44626b02, 0x79e27c8a, 0x78df30ec};

typedef struct {
  uint32_t t0, t1, t2, t3; /* of six words of a round, three are the same */
} RoundKey;

static RoundKey keys[ROUNDS];

static inline uint32_t left(uint32_t v, int n) { return n ? v << n | v >> (32 - n) : v; }
static inline uint32_t right(uint32_t v, int n) { return v >> n | v << (32 - n); }

static void schedule(const uint32_t key[4]) {
  uint32_t t0 = key[0], t1 = key[1], t2 = key[2], t3 = key[3];
  for (int i = 0; i < ROUNDS; i++) {
    uint32_t d = left(delta[i & 3], i);
    t0 = left(t0 + d, 1);
    t1 = left(t1 + left(d, 1), 3);
    t2 = left(t2 + left(d, 2), 6);
    t3 = left(t3 + left(d, 3), 11);
    keys[i].t0 = t0;
    keys[i].t1 = t1;
    keys[i].t2 = t2;
    keys[i].t3 = t3;
  }
}

static void seal(uint32_t x[4]) {
  uint32_t a = x[0], b = x[1], c = x[2], d = x[3];
  for (const RoundKey *k = keys; k < keys + ROUNDS; k++) {
    uint32_t first = a;
    a = left((a ^ k->t0) + (b ^ k->t1), 9);
    b = right((b ^ k->t2) + (c ^ k->t1), 5);
    c = right((c ^ k->t3) + (d ^ k->t1), 3);
    d = first;
  }
  x[0] = a;
  x[1] = b;
  x[2] = c;
  x[3] = d;
}

static void open(uint32_t x[4]) {
  uint32_t a = x[0], b = x[1], c = x[2], d = x[3];
  for (const RoundKey *k = keys + ROUNDS - 1; k >= keys; k--) {
    uint32_t last = d;
    uint32_t p = (right(a, 9) - (d ^ k->t0)) ^ k->t1;
    uint32_t q = (left(b, 5) - (p ^ k->t2)) ^ k->t1;
    uint32_t r = (left(c, 3) - (q ^ k->t3)) ^ k->t1;
    a = last;
    b = p;
    c = q;
    d = r;
  }
  x[0] = a;
  x[1] = b;
  x[2] = c;
  x[3] = d;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 128, h = 0;
  uint32_t key[4] = {0x3c2d1e0f, 0x78695a4b, 0xb4a59687, 0xf0e1d2c3};
  uint32_t data[BLOCKS][4], plain[BLOCKS][4], start[4] = {1, 2, 3, 4};
  for (int k = 0; k < n; k++) {
    schedule(key);
    for (int b = 0; b < BLOCKS; b++)
      for (int i = 0; i < 4; i++) {
        s = s * 1664525u + 1013904223u;
        plain[b][i] = data[b][i] = s;
      }
    const uint32_t *before = start;
    for (int b = 0; b < BLOCKS; b++) {
      for (int i = 0; i < 4; i++) data[b][i] ^= before[i];
      seal(data[b]);
      before = data[b];
      for (int i = 0; i < 4; i++) h = h * 31u + data[b][i];
    }
    uint32_t last[4];
    for (int i = 0; i < 4; i++) last[i] = data[BLOCKS - 1][i];
    uint32_t wrong = 0;
    for (int b = BLOCKS - 1; b >= 0; b--) {
      open(data[b]);
      for (int i = 0; i < 4; i++) {
        data[b][i] ^= b ? data[b - 1][i] : start[i];
        wrong |= data[b][i] ^ plain[b][i];
      }
    }
    h = h * 31u + (wrong != 0);
    for (int i = 0; i < 4; i++) {
      start[i] = last[i];
      key[i] += last[3 - i] ^ h;
    }
  }
  return (int)h;
}

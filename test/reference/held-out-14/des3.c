/* Pages for an old reader of cards under triple DES: sixteen rounds with eight tables that hold S-boxes and their permutation at once (made at the start), first and last permutation by swaps of bits, keys of 48 bits by the two choices; seal, open, seal with three keys, blocks chained, 32 bytes; one of the keys changes with each page. -O3. */
#include <stdint.h>

static const uint8_t boxes[8][64] = {
  {14, 4, 13, 1, 2, 15, 11, 8, 3, 10, 6, 12, 5, 9, 0, 7, 0, 15, 7, 4, 14, 2, 13, 1, 10, 6, 12, 11, 9, 5, 3, 8,
   4, 1, 14, 8, 13, 6, 2, 11, 15, 12, 9, 7, 3, 10, 5, 0, 15, 12, 8, 2, 4, 9, 1, 7, 5, 11, 3, 14, 10, 0, 6, 13},
  {15, 1, 8, 14, 6, 11, 3, 4, 9, 7, 2, 13, 12, 0, 5, 10, 3, 13, 4, 7, 15, 2, 8, 14, 12, 0, 1, 10, 6, 9, 11, 5,
   0, 14, 7, 11, 10, 4, 13, 1, 5, 8, 12, 6, 9, 3, 2, 15, 13, 8, 10, 1, 3, 15, 4, 2, 11, 6, 7, 12, 0, 5, 14, 9},
  {10, 0, 9, 14, 6, 3, 15, 5, 1, 13, 12, 7, 11, 4, 2, 8, 13, 7, 0, 9, 3, 4, 6, 10, 2, 8, 5, 14, 12, 11, 15, 1,
   13, 6, 4, 9, 8, 15, 3, 0, 11, 1, 2, 12, 5, 10, 14, 7, 1, 10, 13, 0, 6, 9, 8, 7, 4, 15, 14, 3, 11, 5, 2, 12},
  {7, 13, 14, 3, 0, 6, 9, 10, 1, 2, 8, 5, 11, 12, 4, 15, 13, 8, 11, 5, 6, 15, 0, 3, 4, 7, 2, 12, 1, 10, 14, 9,
   10, 6, 9, 0, 12, 11, 7, 13, 15, 1, 3, 14, 5, 2, 8, 4, 3, 15, 0, 6, 10, 1, 13, 8, 9, 4, 5, 11, 12, 7, 2, 14},
  {2, 12, 4, 1, 7, 10, 11, 6, 8, 5, 3, 15, 13, 0, 14, 9, 14, 11, 2, 12, 4, 7, 13, 1, 5, 0, 15, 10, 3, 9, 8, 6,
   4, 2, 1, 11, 10, 13, 7, 8, 15, 9, 12, 5, 6, 3, 0, 14, 11, 8, 12, 7, 1, 14, 2, 13, 6, 15, 0, 9, 10, 4, 5, 3},
  {12, 1, 10, 15, 9, 2, 6, 8, 0, 13, 3, 4, 14, 7, 5, 11, 10, 15, 4, 2, 7, 12, 9, 5, 6, 1, 13, 14, 0, 11, 3, 8,
   9, 14, 15, 5, 2, 8, 12, 3, 7, 0, 4, 10, 1, 13, 11, 6, 4, 3, 2, 12, 9, 5, 15, 10, 11, 14, 1, 7, 6, 0, 8, 13},
  {4, 11, 2, 14, 15, 0, 8, 13, 3, 12, 9, 7, 5, 10, 6, 1, 13, 0, 11, 7, 4, 9, 1, 10, 14, 3, 5, 12, 2, 15, 8, 6,
   1, 4, 11, 13, 12, 3, 7, 14, 10, 15, 6, 8, 0, 5, 9, 2, 6, 11, 13, 8, 1, 4, 10, 7, 9, 5, 0, 15, 14, 2, 3, 12},
  {13, 2, 8, 4, 6, 15, 11, 1, 10, 9, 3, 14, 5, 0, 12, 7, 1, 15, 13, 8, 10, 3, 7, 4, 12, 5, 6, 11, 0, 14, 9, 2,
   7, 11, 4, 1, 9, 12, 14, 2, 0, 6, 10, 13, 15, 3, 5, 8, 2, 1, 14, 7, 4, 10, 8, 13, 15, 12, 9, 0, 3, 5, 6, 11},
};
static const uint8_t spread[32] = {16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25};
static const uint8_t first_choice[56] = {57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36,
                                         63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4};
static const uint8_t second_choice[48] = {14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2,
                                          41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32};

static uint32_t tables[8][64];
static uint8_t round_keys[3][16][8]; /* six bits each */
static uint8_t page[32];

static void make_tables(void) {
  for (int b = 0; b < 8; b++)
    for (int i = 0; i < 64; i++) {
      uint32_t v = (uint32_t)boxes[b][(i & 32) | (i & 1) << 4 | (i >> 1 & 15)] << (28 - 4 * b), out = 0;
      for (int j = 0; j < 32; j++) out |= (v >> (32 - spread[j]) & 1) << (31 - j);
      tables[b][i] = out;
    }
}

static void set_key(uint8_t to[16][8], uint64_t key) {
  uint32_t c = 0, d = 0;
  for (int i = 0; i < 28; i++) {
    c = c << 1 | (uint32_t)(key >> (64 - first_choice[i]) & 1);
    d = d << 1 | (uint32_t)(key >> (64 - first_choice[28 + i]) & 1);
  }
  for (int r = 0; r < 16; r++) {
    int by = 0x8103 >> r & 1 ? 1 : 2;
    c = (c << by | c >> (28 - by)) & 0xfffffff;
    d = (d << by | d >> (28 - by)) & 0xfffffff;
    uint64_t both = (uint64_t)c << 28 | d;
    for (int g = 0; g < 8; g++) {
      uint8_t v = 0;
      for (int i = 0; i < 6; i++) v = (uint8_t)(v << 1 | (both >> (56 - second_choice[6 * g + i]) & 1));
      to[r][g] = v;
    }
  }
}

static inline void swap(uint32_t *a, uint32_t *b, int by, uint32_t mask) {
  uint32_t t = (*a >> by ^ *b) & mask;
  *b ^= t;
  *a ^= t << by;
}

static void block(uint32_t *left, uint32_t *right, uint8_t keys[16][8], int open) {
  uint32_t l = *left, r = *right;
  swap(&l, &r, 4, 0x0f0f0f0f);
  swap(&l, &r, 16, 0x0000ffff);
  swap(&r, &l, 2, 0x33333333);
  swap(&r, &l, 8, 0x00ff00ff);
  swap(&l, &r, 1, 0x55555555);
  for (int i = 0; i < 16; i++) {
    const uint8_t *k = keys[open ? 15 - i : i];
    uint32_t x = r >> 1 | r << 31, f;
    f = tables[0][(x >> 26 ^ k[0]) & 63] ^ tables[1][(x >> 22 ^ k[1]) & 63];
    f ^= tables[2][(x >> 18 ^ k[2]) & 63] ^ tables[3][(x >> 14 ^ k[3]) & 63];
    f ^= tables[4][(x >> 10 ^ k[4]) & 63] ^ tables[5][(x >> 6 ^ k[5]) & 63];
    f ^= tables[6][(x >> 2 ^ k[6]) & 63] ^ tables[7][((r << 1 | r >> 31) ^ k[7]) & 63];
    f ^= l;
    l = r;
    r = f;
  }
  swap(&r, &l, 1, 0x55555555);
  swap(&l, &r, 8, 0x00ff00ff);
  swap(&l, &r, 2, 0x33333333);
  swap(&r, &l, 16, 0x0000ffff);
  swap(&r, &l, 4, 0x0f0f0f0f);
  *left = r;
  *right = l;
}

static uint32_t get(const uint8_t *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }

static void put(uint8_t *p, uint32_t v) {
  for (int i = 3; i >= 0; i--, v >>= 8) p[i] = (uint8_t)v;
}

__attribute__((export_name("run"))) int run(int n) {
  uint64_t keys[3] = {0x0123456789abcdefull, 0x23456789abcdef01ull, 0x456789abcdef0123ull};
  uint32_t s = 1998, h = 0;
  make_tables();
  for (int i = 0; i < 3; i++) set_key(round_keys[i], keys[i]);
  for (int i = 0; i < 32; i++) page[i] = 0;
  for (int k = 0; k < n; k++) {
    uint32_t left = 0, right = (uint32_t)k;
    for (int i = 0; i < 32; i++) {
      s = s * 1664525u + 1013904223u;
      page[i] = (uint8_t)(page[i] + (s >> 28));
    }
    for (int b = 0; b < 32; b += 8) {
      left ^= get(page + b);
      right ^= get(page + b + 4);
      block(&left, &right, round_keys[0], 0);
      block(&left, &right, round_keys[1], 1);
      block(&left, &right, round_keys[2], 0);
      put(page + b, left);
      put(page + b + 4, right);
      h = h * 31u + left;
      h = h * 31u + right;
    }
    keys[k % 3] ^= (uint64_t)left << 32 | right;
    set_key(round_keys[k % 3], keys[k % 3]);
  }
  return (int)h;
}

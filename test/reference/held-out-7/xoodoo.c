/* The permutation Xoodoo of twelve rounds on three planes of four words, in a sponge that takes sixteen bytes a turn and gives a tag of sixteen; messages of 56 bytes. -O3. */
#include <stdint.h>

static const uint32_t constants[12] = {0x058, 0x038, 0x3c0, 0x0d0, 0x120, 0x014, 0x060, 0x02c, 0x380, 0x0f0, 0x1a0, 0x012};
static uint32_t state[3][4];
static uint8_t message[56];

static inline uint32_t left(uint32_t v, unsigned by) { return by ? v << by | v >> (32 - by) : v; }

static void permute(void) {
  for (int round = 0; round < 12; round++) {
    uint32_t e[4], t[4];
    for (int x = 0; x < 4; x++) {
      uint32_t p = state[0][(x + 3) & 3] ^ state[1][(x + 3) & 3] ^ state[2][(x + 3) & 3];
      e[x] = left(p, 5) ^ left(p, 14);
    }
    for (int y = 0; y < 3; y++)
      for (int x = 0; x < 4; x++) state[y][x] ^= e[x];
    for (int x = 0; x < 4; x++) t[x] = state[1][(x + 3) & 3];
    for (int x = 0; x < 4; x++) {
      state[1][x] = t[x];
      state[2][x] = left(state[2][x], 11);
    }
    state[0][0] ^= constants[round];
    for (int x = 0; x < 4; x++) {
      uint32_t a = state[0][x], b = state[1][x], c = state[2][x];
      state[0][x] = a ^ (~b & c);
      state[1][x] = b ^ (~c & a);
      state[2][x] = c ^ (~a & b);
    }
    for (int x = 0; x < 4; x++) {
      state[1][x] = left(state[1][x], 1);
      t[x] = left(state[2][(x + 2) & 3], 8);
    }
    for (int x = 0; x < 4; x++) state[2][x] = t[x];
  }
}

static void absorb(const uint8_t *p, unsigned length) {
  while (length >= 16) {
    for (int i = 0; i < 4; i++, p += 4) state[0][i] ^= p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
    permute();
    length -= 16;
  }
  for (unsigned i = 0; i < length; i++) state[0][i >> 2] ^= (uint32_t)p[i] << 8 * (i & 3);
  state[0][length >> 2] ^= (uint32_t)1 << 8 * (length & 3);
  state[2][3] ^= 0x80000000u;
  permute();
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 12; i++) state[i >> 2][i & 3] = 0;
    for (unsigned i = 0; i < sizeof message; i++) message[i] = (uint8_t)(i * 13 + (uint32_t)k * 71);
    absorb(message, sizeof message);
    for (int i = 0; i < 4; i++) h = h * 31u + state[0][i];
  }
  return (int)h;
}

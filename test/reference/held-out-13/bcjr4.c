/* Bits out of noise with how sure they are: a recursive systematic code of four states (7, 5), its states gone through forwards and backwards in logarithms where the greatest stands for a sum (max-log-MAP), 40 bits, received values of 8 bits; what the decoder learnt goes back into it once, scaled by three quarters, with the bits in another order through a second code (a turbo code's first half turn). -O3. */
#include <stdint.h>

#define BITS 40
#define LEAST -30000

static const uint8_t next_state[4][2] = {{0, 2}, {2, 0}, {3, 1}, {1, 3}};
static const uint8_t parity_bit[4][2] = {{0, 1}, {0, 1}, {1, 0}, {1, 0}};

static uint8_t bits[BITS], swapped[BITS];
static int8_t received[BITS], parity[2][BITS];
static int16_t known[BITS], systematic[BITS], learnt[BITS];
static int16_t forward[BITS + 1][4];

static int max(int a, int b) { return a > b ? a : b; }

static void decode(const int8_t *check) {
  int16_t backward[4] = {0, 0, 0, 0};
  forward[0][0] = 0;
  for (int s = 1; s < 4; s++) forward[0][s] = LEAST;
  for (int t = 0; t < BITS; t++) {
    int16_t *to = forward[t + 1];
    for (int s = 0; s < 4; s++) to[s] = LEAST;
    int own = systematic[t] + known[t];
    for (int s = 0; s < 4; s++)
      for (int b = 0; b < 2; b++) {
        int m = forward[t][s] + (b ? own : -own) + (parity_bit[s][b] ? check[t] : -check[t]);
        int16_t *place = &to[next_state[s][b]];
        *place = (int16_t)max(*place, m);
      }
    int top = to[0];
    for (int s = 1; s < 4; s++) top = max(top, to[s]);
    for (int s = 0; s < 4; s++) to[s] = (int16_t)max(to[s] - top, LEAST);
  }
  for (int t = BITS - 1; t >= 0; t--) {
    int best[2] = {-60000, -60000}, before[4];
    int own = systematic[t] + known[t];
    for (int s = 0; s < 4; s++) {
      before[s] = -60000;
      for (int b = 0; b < 2; b++) {
        int m = backward[next_state[s][b]] + (b ? own : -own) + (parity_bit[s][b] ? check[t] : -check[t]);
        before[s] = max(before[s], m);
        best[b] = max(best[b], m + forward[t][s]);
      }
    }
    learnt[t] = (int16_t)(((best[1] - best[0]) >> 1) - own);
    int top = max(max(before[0], before[1]), max(before[2], before[3]));
    for (int s = 0; s < 4; s++) backward[s] = (int16_t)(before[s] - top);
  }
}

static uint32_t seed;

static int noisy(int bit) {
  seed = seed * 1664525u + 1013904223u;
  int v = (bit ? 24 : -24) + (int)(seed >> 26) + (int)(seed >> 18 & 63) - 63;
  return v;
}

static void encode(const uint8_t *in, int8_t *out) {
  int s = 0;
  for (int t = 0; t < BITS; t++) {
    out[t] = (int8_t)noisy(parity_bit[s][in[t]]);
    s = next_state[s][in[t]];
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0;
  seed = 1974;
  for (int k = 0; k < n; k++) {
    for (int t = 0; t < BITS; t++) {
      seed = seed * 1664525u + 1013904223u;
      bits[t] = seed >> 31;
      swapped[t * 7 % BITS] = bits[t];
    }
    for (int t = 0; t < BITS; t++) received[t] = (int8_t)noisy(bits[t]);
    encode(bits, parity[0]);
    encode(swapped, parity[1]);
    for (int t = 0; t < BITS; t++) {
      known[t] = 0;
      systematic[t] = received[t];
    }
    decode(parity[0]);
    for (int t = 0; t < BITS; t++) {
      int to = t * 7 % BITS;
      known[to] = (int16_t)((learnt[t] * 3) >> 2);
      systematic[to] = received[t];
    }
    decode(parity[1]);
    int wrong = 0;
    for (int t = 0; t < BITS; t++) {
      int sure = systematic[t] + known[t] + learnt[t];
      wrong += (sure > 0) != swapped[t];
      h = h * 31u + (uint32_t)sure;
    }
    h = h * 31u + (uint32_t)wrong;
  }
  return (int)h;
}

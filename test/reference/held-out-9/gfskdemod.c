/* A radio packet out of samples: frequency by the cross product of neighbours (I and Q of 8 bits, four samples a bit, a drift beside), sums over a bit, a running offset taken away, a mark of sixteen bits looked for at every sample with one fault allowed, then five bytes with a check of eight bits; the signal is made first. -O1. */
#include <stdint.h>

#define BITS 68
#define SAMPLES (4 * BITS)
#define MARK 0x2dd4u

static const int8_t sine[64] = {
  0, 10, 20, 29, 38, 47, 56, 63, 71, 77, 83, 88, 92, 96, 98, 99, 100, 99, 98, 96, 92, 88, 83, 77, 71, 63, 56, 47, 38, 29, 20, 10,
  0, -10, -20, -29, -38, -47, -56, -63, -71, -77, -83, -88, -92, -96, -98, -99, -100, -99, -98, -96, -92, -88, -83, -77, -71, -63, -56, -47, -38, -29, -20, -10,
};

static int8_t wave[SAMPLES][2];
static int16_t turn[SAMPLES];
static uint8_t sent[5], heard[5];

static uint8_t check(const uint8_t *p, int n) {
  uint8_t c = 0xff;
  while (n--) {
    c ^= *p++;
    for (int b = 0; b < 8; b++) c = (uint8_t)(c & 0x80 ? c << 1 ^ 0x07 : c << 1);
  }
  return c;
}

static unsigned bit_at(int i) {
  if (i < 8) return i & 1;
  if (i < 24) return MARK >> (23 - i) & 1;
  i -= 24;
  return i < 40 ? sent[i >> 3] >> (7 - (i & 7)) & 1u : 0;
}

static uint32_t transmit(uint32_t s, int lead, int drift) {
  uint32_t phase = s >> 20;
  int32_t slope = 0;
  for (int i = 0; i < SAMPLES; i++) {
    s = s * 1664525u + 1013904223u;
    int bit = i < lead ? (int)(s >> 31) : (int)bit_at((i - lead) / 4);
    slope += ((bit ? 190 : -190) - slope) / 2;
    phase += (uint32_t)(slope + drift);
    unsigned at = phase >> 6;
    wave[i][0] = (int8_t)(sine[(at + 16) & 63] + ((int32_t)s >> 28));
    wave[i][1] = (int8_t)(sine[at & 63] + ((int32_t)(s << 8) >> 28));
  }
  return s;
}

static int receive(void) {
  uint16_t seen[4] = {0};
  int32_t offset = 0, sum = 0;
  turn[0] = 0;
  for (int i = 1; i < SAMPLES; i++) turn[i] = (int16_t)((wave[i - 1][0] * wave[i][1] - wave[i - 1][1] * wave[i][0]) >> 4);
  for (int i = 1; i < SAMPLES; i++) {
    sum += turn[i];
    if (i >= 4) sum -= turn[i - 4];
    offset += (sum * 16 - offset) >> 5;
    uint16_t *bits = &seen[i & 3];
    *bits = (uint16_t)(*bits << 1 | (sum > offset >> 4));
    if (__builtin_popcount(*bits ^ MARK) > 1 || i < 60) continue;
    /* the mark: what follows comes every four samples, the offset stays */
    int32_t level = offset >> 4;
    for (int k = 0; k < 40; k++) {
      int at = i + 4 * (k + 1);
      if (at >= SAMPLES) return -2;
      int32_t all = turn[at] + turn[at - 1] + turn[at - 2] + turn[at - 3];
      heard[k >> 3] = (uint8_t)(heard[k >> 3] << 1 | (all > level));
    }
    return check(heard, 4) == heard[4] ? i : -3;
  }
  return -1;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 2402;
  for (int i = 0; i < 5; i++) heard[i] = 0;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 4; i++) {
      s = s * 1664525u + 1013904223u;
      sent[i] = (uint8_t)(s >> 24);
    }
    sent[4] = check(sent, 4);
    s = transmit(s, (int)(s >> 12 & 7), (int)(s >> 16 & 63) - 32);
    h = h * 31u + (uint32_t)receive();
    for (int i = 0; i < 5; i++) h = h * 31u + heard[i];
    for (int i = 0; i < SAMPLES; i += 9) h = h * 31u + (uint32_t)turn[i];
  }
  return (int)h;
}

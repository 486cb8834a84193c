/* Voice for a headset: the subband code of Bluetooth, mono, four bands, eight blocks: 40 taps over the newest samples folded to eight sums, a matrix of cosines, a power of two for each band, bits shared out by need until the pool is empty, samples quantised and packed behind the header with its sum of eight bits. -O2. */
#include <stdint.h>

#define BANDS 4
#define COUNT 8
#define POOL 24

static const int16_t window[40] = {
  0, 18, 49, 90, 126, 128, 61, -100, 358, 670, 946, 1055, 848, 201, -944, -2544, 4443, 6389, 8082, 9235,
  9644, 9235, 8082, 6389, -4443, -2544, -944, 201, 848, 1055, 946, 670, -358, -100, 61, 128, 126, 90, 49, 18,
};

static const int16_t cosines[BANDS][8] = {
  {11585, 15137, 16384, 15137, 11585, 6270, 0, -6270},
  {-11585, 6270, 16384, 6270, -11585, -15137, 0, 15137},
  {-11585, -6270, 16384, -6270, -11585, 15137, 0, -15137},
  {11585, -15137, 16384, -15137, 11585, -6270, 0, 6270},
};

static int16_t samples[40]; /* the newest first */
static int32_t bands[COUNT][BANDS];
static uint8_t frame[64];
static int place; /* in bits */

static void analyse(const int16_t *fresh, int32_t *out) {
  int32_t sums[8];
  for (int i = 39; i >= BANDS; i--) samples[i] = samples[i - BANDS];
  for (int i = 0; i < BANDS; i++) samples[i] = fresh[BANDS - 1 - i];
  for (int i = 0; i < 8; i++) {
    int32_t sum = 0;
    for (int k = 0; k < 40; k += 8) sum += window[i + k] * samples[i + k];
    sums[i] = sum >> 14;
  }
  for (int b = 0; b < BANDS; b++) {
    int32_t sum = 0;
    for (int i = 0; i < 8; i++) sum += cosines[b][i] * sums[i];
    out[b] = sum >> 14;
  }
}

static int scale(int band) {
  int32_t most = 0;
  for (int i = 0; i < COUNT; i++) {
    int32_t v = bands[i][band];
    if (v < 0) v = -v;
    if (v > most) most = v;
  }
  int s = 0;
  while (most >> (s + 1)) s++;
  return s;
}

static void share(const int *need, int *bits) {
  int slice = 0, given = 0, next = 0;
  for (int b = 0; b < BANDS; b++)
    if (need[b] > slice) slice = need[b];
  slice++;
  do {
    slice--;
    given += next;
    next = 0;
    for (int b = 0; b < BANDS; b++) {
      if (need[b] == slice + 1) next += 2;
      else if (need[b] > slice + 1 && need[b] < slice + 16) next++;
    }
  } while (given + next < POOL);
  if (given + next == POOL) {
    given += next;
    slice--;
  }
  for (int b = 0; b < BANDS; b++) {
    if (need[b] < slice + 2) bits[b] = 0;
    else bits[b] = need[b] - slice > 16 ? 16 : need[b] - slice;
  }
  for (int b = 0; b < BANDS && given < POOL; b++) {
    if (bits[b] >= 2 && bits[b] < 16) {
      bits[b]++;
      given++;
    } else if (need[b] == slice + 1 && POOL > given + 1) {
      bits[b] = 2;
      given += 2;
    }
  }
  for (int b = 0; b < BANDS && given < POOL; b++)
    if (bits[b] < 16) {
      bits[b]++;
      given++;
    }
}

static void put(uint32_t value, int count) {
  while (count-- > 0) {
    uint8_t mask = (uint8_t)(0x80 >> (place & 7));
    if (value >> count & 1) frame[place >> 3] |= mask;
    else frame[place >> 3] &= (uint8_t)~mask;
    place++;
  }
}

static uint8_t crc8(const uint8_t *p, int count, uint8_t crc) {
  while (count--) {
    crc ^= *p++;
    for (int i = 0; i < 8; i++) crc = (uint8_t)(crc & 0x80 ? crc << 1 ^ 0x1d : crc << 1);
  }
  return crc;
}

static int encode(const int16_t *pcm) {
  int need[BANDS], bits[BANDS];
  for (int i = 0; i < COUNT; i++) analyse(pcm + i * BANDS, bands[i]);
  for (int b = 0; b < BANDS; b++) need[b] = scale(b);
  share(need, bits);
  place = 0;
  put(0x9c, 8);
  put(0x12, 8);
  put(POOL, 8);
  put(0, 8);
  for (int b = 0; b < BANDS; b++) put((uint32_t)need[b], 4);
  uint8_t crc = crc8(frame + 4, 2, crc8(frame + 1, 2, 0x0f));
  frame[3] = crc;
  for (int i = 0; i < COUNT; i++)
    for (int b = 0; b < BANDS; b++) {
      if (!bits[b]) continue;
      uint64_t levels = (1u << bits[b]) - 1;
      uint64_t up = (uint64_t)(bands[i][b] + (1 << (need[b] + 1)));
      put((uint32_t)(up * levels >> (need[b] + 2)), bits[b]);
    }
  while (place & 7) put(0, 1);
  return place >> 3;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 328, h = 0;
  int32_t a = 6000, b = 0;
  for (int i = 0; i < 40; i++) samples[i] = 0;
  for (int k = 0; k < n; k++) {
    int16_t pcm[COUNT * BANDS];
    for (int i = 0; i < COUNT * BANDS; i++) {
      s = s * 1664525u + 1013904223u;
      /* a tone that is struck anew now and then */
      int32_t t = a;
      a = (a * 15 - b * 5) >> 4;
      b = (b * 15 + t * 5) >> 4;
      if (s >> 26 == 0) a = 9000;
      pcm[i] = (int16_t)(a + ((int32_t)s >> 22));
    }
    int size = encode(pcm);
    h = h * 31u + (uint32_t)size;
    for (int i = 0; i < size; i++) h = h * 31u + frame[i];
  }
  return (int)h;
}

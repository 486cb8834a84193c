/* A polar code of 32 bits with 16 of message: coded by sums of halves, sent with noise as int8, decoded by successive cancellation going down by recursion (the smaller size with both signs, then the sum or difference by what is known), halves that carry nothing are left out; a sum of six bits tells whether it went well. -O1. */
#include <stdint.h>

#define SIZE 32
#define LEVELS 5

/* bits of the message stand where the code is sure: those places as a map */
static const uint32_t open_places = 0xfee8e880u;

static int8_t heard[LEVELS + 1][SIZE];
static uint8_t decided[SIZE];
static int position;

static int8_t check_node(int8_t a, int8_t b) {
  int x = a < 0 ? -a : a, y = b < 0 ? -b : b;
  int least = x < y ? x : y;
  return (int8_t)((a ^ b) < 0 ? -least : least);
}

static int8_t bit_node(int8_t a, int8_t b, uint8_t bit) {
  int v = bit ? b - a : b + a;
  return (int8_t)(v > 127 ? 127 : v < -127 ? -127 : v);
}

/* what is decided for a part of 2^level bits comes back in bits[] */
static void decode(int level, uint8_t *bits) {
  int size = 1 << level, half = size >> 1;
  const int8_t *in = heard[level];
  uint32_t map = size == 32 ? open_places : open_places >> position & ((1u << size) - 1);
  if (map == 0) {
    for (int i = 0; i < size; i++) bits[i] = decided[position + i] = 0;
    position += size;
    return;
  }
  if (level == 0) {
    bits[0] = decided[position++] = in[0] < 0;
    return;
  }
  int8_t *out = heard[level - 1];
  for (int i = 0; i < half; i++) out[i] = check_node(in[i], in[i + half]);
  decode(level - 1, bits);
  for (int i = 0; i < half; i++) out[i] = bit_node(in[i], in[i + half], bits[i]);
  decode(level - 1, bits + half);
  for (int i = 0; i < half; i++) bits[i] ^= bits[i + half];
}

static void encode(uint8_t *bits) {
  for (int half = 1; half < SIZE; half <<= 1)
    for (int first = 0; first < SIZE; first += half << 1)
      for (int i = first; i < first + half; i++) bits[i] ^= bits[i + half];
}

static unsigned sum6(unsigned message) {
  unsigned r = message << 6;
  for (int i = 15; i >= 6; i--)
    if (r >> i & 1) r ^= 0x43u << (i - 6);
  return r & 63;
}

static uint32_t spread(unsigned message, uint8_t *bits) {
  uint32_t word = 0;
  for (int i = 0; i < SIZE; i++) {
    bits[i] = 0;
    if (!(open_places >> i & 1)) continue;
    bits[i] = message & 1;
    word = word << 1 | (message & 1);
    message >>= 1;
  }
  return word;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 5005, h = 0;
  uint8_t bits[SIZE], back[SIZE];
  for (int k = 0; k < n; k++) {
    for (int q = 0; q < 3; q++) {
      s = s * 1664525u + 1013904223u;
      unsigned data = s >> 22, message = data << 6 | sum6(data);
      h ^= spread(message, bits);
      encode(bits);
      for (int i = 0; i < SIZE; i++) {
        s = s * 1664525u + 1013904223u;
        int noise = (int)(s >> 26) + (int)(s >> 20 & 63) + (int)(s >> 14 & 63) - 96;
        int v = (bits[i] ? -28 : 28) + noise * (2 + q) / 4;
        heard[LEVELS][i] = (int8_t)(v > 127 ? 127 : v < -127 ? -127 : v);
      }
      position = 0;
      decode(LEVELS, back);
      unsigned got = 0;
      for (int i = SIZE - 1; i >= 0; i--)
        if (open_places >> i & 1) got = got << 1 | decided[i];
      unsigned spoilt = 0;
      for (int i = 0; i < SIZE; i++) spoilt += back[i] != (heard[LEVELS][i] < 0);
      h = h * 31u + got * 64 + spoilt;
      h = h * 31u + (sum6(got >> 6) == (got & 63) ? 1 : 0) + (got == message ? 2u : 0);
    }
  }
  return (int)h;
}

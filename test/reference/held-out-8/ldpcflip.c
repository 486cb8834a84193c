/* The same key out of two readings: the first leaves the sums of a sparse code (24 checks of six among 48 bits, shifted squares of eight), the second is mended until its sums agree, by turning the bits that most failed checks name; two words an iteration. -O1. */
#include <stdint.h>

#define Z 8
#define ROWS 3
#define COLUMNS 6
#define BITS (Z * COLUMNS)
#define CHECKS (Z * ROWS)
#define ROUNDS 8

static const uint8_t shifts[ROWS][COLUMNS] = {{0, 0, 0, 0, 0, 0}, {0, 1, 2, 3, 4, 5}, {0, 3, 7, 2, 5, 1}};
static uint8_t word[BITS], other[BITS], helper[CHECKS], failed[CHECKS];

static void sums(const uint8_t *bits, uint8_t *out) {
  for (int r = 0; r < ROWS; r++)
    for (int i = 0; i < Z; i++) {
      uint8_t parity = 0;
      for (int c = 0; c < COLUMNS; c++) parity ^= bits[c * Z + ((i + shifts[r][c]) & (Z - 1))];
      out[r * Z + i] = parity;
    }
}

static int named(int bit) {
  int c = bit / Z, i = bit % Z, count = 0;
  for (int r = 0; r < ROWS; r++) count += failed[r * Z + ((i - shifts[r][c]) & (Z - 1))];
  return count;
}

/* Rounds that were needed, or -1. */
static int mend(void) {
  for (int round = 0; round < ROUNDS; round++) {
    int wrong = 0, most = 0;
    uint8_t counts[BITS];
    sums(other, failed);
    for (int i = 0; i < CHECKS; i++) {
      failed[i] ^= helper[i];
      wrong += failed[i];
    }
    if (!wrong) return round;
    for (int b = 0; b < BITS; b++) {
      counts[b] = (uint8_t)named(b);
      if (counts[b] > most) most = counts[b];
    }
    for (int b = 0; b < BITS; b++)
      if (counts[b] == most) {
        other[b] ^= 1;
        if (round & 1) break;
      }
  }
  return -1;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 57;
  for (int k = 0; k < n; k++) {
    for (int q = 0; q < 2; q++) {
      for (int b = 0; b < BITS; b++) {
        s = s * 1664525u + 1013904223u;
        word[b] = other[b] = s >> 31;
      }
      sums(word, helper);
      for (int e = 0; e <= q + (k & 1); e++) {
        s = s * 1664525u + 1013904223u;
        other[(s >> 16) % BITS] ^= 1;
      }
      int rounds = mend(), different = 0;
      uint32_t key = 0;
      for (int b = 0; b < BITS; b++) {
        different += word[b] != other[b];
        key = (key << 1 | key >> 31) ^ other[b];
      }
      h = h * 31u + (uint32_t)(rounds + 1);
      h = (h * 31u + (uint32_t)different) ^ key;
    }
  }
  return (int)h;
}

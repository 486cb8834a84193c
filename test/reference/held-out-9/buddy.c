/* Memory for messages in powers of two: 128 units of 32 bytes, free blocks of eight sizes in doubly linked lists (places in bytes), split on the way down, joined with the neighbour on the way up; 48 requests of random sizes, the older ones given back; what is free, the largest block and how far it is scattered. -O2. */
#include <stdint.h>

#define UNITS 128
#define ORDERS 8
#define NONE 0xff
#define HELD 16

static uint8_t head[ORDERS], next[UNITS], before[UNITS], state[UNITS]; /* state: order, bit 7 where it is free; NONE inside a block */

static void push(unsigned block, unsigned order) {
  uint8_t first = head[order];
  next[block] = first;
  before[block] = NONE;
  if (first != NONE) before[first] = (uint8_t)block;
  head[order] = (uint8_t)block;
  state[block] = (uint8_t)(0x80 | order);
}

static void unlink(unsigned block, unsigned order) {
  uint8_t n = next[block], b = before[block];
  if (b == NONE) head[order] = n;
  else next[b] = n;
  if (n != NONE) before[n] = b;
}

static unsigned order_of(unsigned bytes) {
  unsigned order = 0;
  while (32u << order < bytes) order++;
  return order;
}

static int take(unsigned bytes) {
  unsigned order = order_of(bytes), from = order;
  while (from < ORDERS && head[from] == NONE) from++;
  if (from >= ORDERS) return -1;
  unsigned block = head[from];
  unlink(block, from);
  while (from > order) {
    from--;
    push(block + (1u << from), from);
  }
  state[block] = (uint8_t)order;
  return (int)block;
}

static void give(unsigned block) {
  unsigned order = state[block];
  while (order < ORDERS - 1) {
    unsigned other = block ^ (1u << order);
    if (state[other] != (0x80 | order)) break;
    unlink(other, order);
    state[block > other ? block : other] = NONE;
    if (other < block) block = other;
    order++;
  }
  push(block, order);
}

static uint32_t survey(uint32_t h) {
  unsigned available = 0, largest = 0, pieces = 0;
  for (unsigned o = 0; o < ORDERS; o++)
    for (unsigned b = head[o]; b != NONE; b = next[b]) {
      available += 1u << o;
      largest = 1u << o;
      pieces++;
      h = h * 31u + b;
    }
  return h * 31u + available * 65536u + largest * 256u + pieces;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 2048;
  int held[HELD];
  for (unsigned o = 0; o < ORDERS; o++) head[o] = NONE;
  for (unsigned u = 0; u < UNITS; u++) state[u] = NONE;
  push(0, ORDERS - 1);
  for (int i = 0; i < HELD; i++) held[i] = -1;
  for (int k = 0; k < n; k++) {
    for (int q = 0; q < 48; q++) {
      s = s * 1664525u + 1013904223u;
      unsigned slot = s >> 28;
      unsigned bytes = 1 + ((s >> 8 & 1023) >> (s >> 24 & 3));
      if (held[slot] >= 0) {
        give((unsigned)held[slot]);
        held[slot] = -1;
        if (s >> 23 & 1) continue;
      }
      held[slot] = take(bytes);
      h = h * 31u + (uint32_t)held[slot];
    }
    h = survey(h);
  }
  return (int)h;
}

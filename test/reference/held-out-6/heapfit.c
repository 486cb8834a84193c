/* A heap for messages: blocks with sizes at both ends, free ones in a list, the first that fits is split, neighbours put together when one is freed, grown in place where the next is free; 1.5 KB, a history of requests. -O2. */
#include <stdint.h>

#define WORDS 384
#define NIL 0

static uint32_t heap[WORDS]; /* a block: size in words << 1 | used, payload or two links, the same again */
static uint16_t first;
static uint16_t held[24];
static uint16_t lengths[24];

static inline uint32_t size_of(unsigned b) { return heap[b] >> 1; }
static inline int used(unsigned b) { return heap[b] & 1; }

static void mark(unsigned b, uint32_t size, uint32_t in_use) {
  heap[b] = heap[b + size - 1] = size << 1 | in_use;
}

static void link_in(unsigned b) {
  heap[b + 1] = first;
  heap[b + 2] = NIL;
  if (first) heap[first + 2] = b;
  first = (uint16_t)b;
}

static void link_out(unsigned b) {
  uint32_t next = heap[b + 1], before = heap[b + 2];
  if (before) heap[before + 1] = next;
  else first = (uint16_t)next;
  if (next) heap[next + 2] = before;
}

static void reset(void) {
  heap[0] = heap[WORDS - 1] = 1; /* fences */
  first = NIL;
  mark(1, WORDS - 2, 0);
  link_in(1);
}

static void cut(unsigned b, uint32_t want) {
  uint32_t size = size_of(b);
  if (size - want >= 6) {
    mark(b, want, 1);
    mark(b + want, size - want, 0);
    link_in(b + want);
  } else
    mark(b, size, 1);
}

static uint32_t words_of(unsigned bytes) {
  uint32_t want = (bytes + 3) / 4 + 2;
  return want < 4 ? 4 : want;
}

static __attribute__((noinline)) unsigned take(unsigned bytes) {
  uint32_t want = words_of(bytes);
  for (unsigned b = first; b; b = heap[b + 1])
    if (size_of(b) >= want) {
      link_out(b);
      cut(b, want);
      return b + 1;
    }
  return NIL;
}

static __attribute__((noinline)) void give(unsigned p) {
  unsigned b = p - 1;
  uint32_t size = size_of(b);
  if (!used(b + size)) {
    unsigned next = b + size;
    size += size_of(next);
    link_out(next);
  }
  if (!(heap[b - 1] & 1)) {
    unsigned before = b - (heap[b - 1] >> 1);
    size += size_of(before);
    link_out(before);
    b = before;
  }
  mark(b, size, 0);
  link_in(b);
}

static __attribute__((noinline)) unsigned regrow(unsigned p, unsigned bytes) {
  uint32_t want = words_of(bytes), size = size_of(p - 1);
  if (want <= size) return p;
  unsigned next = p - 1 + size;
  if (!used(next) && size + size_of(next) >= want) {
    link_out(next);
    mark(p - 1, size + size_of(next), 1);
    cut(p - 1, want);
    return p;
  }
  unsigned q = take(bytes);
  if (!q) return NIL;
  for (uint32_t i = 0; i < size - 2; i++) heap[q + i] = heap[p + i];
  give(p);
  return q;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 2718;
  for (int k = 0; k < n; k++) {
    reset();
    for (int i = 0; i < 24; i++) held[i] = 0;
    for (int i = 0; i < 90; i++) {
      s = s * 1664525u + 1013904223u;
      unsigned which = (s >> 27) % 24, bytes = 4 + (s >> 16 & 127);
      if (!held[which]) {
        unsigned p = take(bytes);
        held[which] = (uint16_t)p;
        lengths[which] = (uint16_t)bytes;
        if (p) heap[p] = s;
      } else if (s & 0x8000) {
        h += heap[held[which]];
        give(held[which]);
        held[which] = 0;
      } else {
        unsigned p = regrow(held[which], lengths[which] + bytes / 2);
        if (p) {
          held[which] = (uint16_t)p;
          lengths[which] += bytes / 2;
        }
      }
      h = h * 31u + held[which];
    }
    unsigned blocks = 0, largest = 0;
    for (unsigned b = first; b; b = heap[b + 1]) {
      blocks++;
      if (size_of(b) > largest) largest = size_of(b);
    }
    h ^= blocks << 10 | largest;
  }
  return (int)h;
}

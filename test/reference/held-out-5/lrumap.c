/* The templates used last: a hash of 16 chains over a pool of 20 entries, each in a doubly linked list by age as well; the oldest gives way. */
#include <stdint.h>

#define SLOTS 20
#define CHAINS 16
#define NONE 0xff

typedef struct {
  uint32_t key;
  uint16_t value;
  uint8_t chain, newer, older;
} entry_t;

static entry_t pool[SLOTS];
static uint8_t heads[CHAINS];
static uint8_t newest, oldest, used;

static inline unsigned hash(uint32_t key) {
  key ^= key >> 9;
  key *= 0x85ebca6bu;
  return key >> 28;
}

static void unlink_age(unsigned e) {
  entry_t *p = &pool[e];
  if (p->newer == NONE) newest = p->older;
  else pool[p->newer].older = p->older;
  if (p->older == NONE) oldest = p->newer;
  else pool[p->older].newer = p->newer;
}

static void push_age(unsigned e) {
  pool[e].newer = NONE;
  pool[e].older = newest;
  if (newest != NONE) pool[newest].newer = (uint8_t)e;
  else oldest = (uint8_t)e;
  newest = (uint8_t)e;
}

static void unlink_chain(unsigned e) {
  uint8_t *link = &heads[hash(pool[e].key)];
  while (*link != e) link = &pool[*link].chain;
  *link = pool[e].chain;
}

static __attribute__((noinline)) int find(uint32_t key) {
  for (unsigned e = heads[hash(key)]; e != NONE; e = pool[e].chain)
    if (pool[e].key == key) {
      if (e != newest) {
        unlink_age(e);
        push_age(e);
      }
      return (int)e;
    }
  return -1;
}

static __attribute__((noinline)) void put(uint32_t key, uint16_t value) {
  unsigned e;
  if (used < SLOTS) e = used++;
  else {
    e = oldest;
    unlink_age(e);
    unlink_chain(e);
  }
  unsigned h = hash(key);
  pool[e].key = key;
  pool[e].value = value;
  pool[e].chain = heads[h];
  heads[h] = (uint8_t)e;
  push_age(e);
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t r = 0, s = 1;
  for (int i = 0; i < CHAINS; i++) heads[i] = NONE;
  newest = oldest = NONE;
  used = 0;
  for (int k = 0; k < n; k++)
    for (int i = 0; i < 80; i++) {
      s = s * 1664525u + 1013904223u;
      uint32_t key = ((s >> 16) & 31) * ((s >> 28) & 1 ? 7u : 3u) + 1000u;
      int e = find(key);
      if (e < 0) {
        put(key, (uint16_t)(i * 7));
        r += 1u << 16;
      } else
        r = r * 3u + pool[e].value;
    }
  return (int)(r ^ pool[oldest].key);
}

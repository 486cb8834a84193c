/* An index of enrolled keys: a balanced tree of Adelson-Velsky and Landis in a pool of 48 nodes, inserted and deleted by recursion with rotations, ranges counted; a history of keys. -O2. */
#include <stdint.h>

#define NODES 48

typedef struct {
  uint16_t key, hits;
  uint8_t left, right;
  int8_t height;
} node_t;

static node_t pool[NODES]; /* 0 is no node */
static uint8_t spare[NODES];
static unsigned spares, root;

static inline int height(unsigned t) { return t ? pool[t].height : 0; }

static inline void measure(unsigned t) {
  int l = height(pool[t].left), r = height(pool[t].right);
  pool[t].height = (int8_t)((l > r ? l : r) + 1);
}

static unsigned turn_right(unsigned t) {
  unsigned l = pool[t].left;
  pool[t].left = pool[l].right;
  pool[l].right = (uint8_t)t;
  measure(t);
  measure(l);
  return l;
}

static unsigned turn_left(unsigned t) {
  unsigned r = pool[t].right;
  pool[t].right = pool[r].left;
  pool[r].left = (uint8_t)t;
  measure(t);
  measure(r);
  return r;
}

static __attribute__((noinline)) unsigned balance(unsigned t) {
  int lean = height(pool[t].left) - height(pool[t].right);
  if (lean > 1) {
    unsigned l = pool[t].left;
    if (height(pool[l].left) < height(pool[l].right)) pool[t].left = (uint8_t)turn_left(l);
    return turn_right(t);
  }
  if (lean < -1) {
    unsigned r = pool[t].right;
    if (height(pool[r].right) < height(pool[r].left)) pool[t].right = (uint8_t)turn_right(r);
    return turn_left(t);
  }
  measure(t);
  return t;
}

static unsigned insert(unsigned t, unsigned key) {
  if (!t) {
    if (!spares) return 0;
    t = spare[--spares];
    pool[t] = (node_t){(uint16_t)key, 1, 0, 0, 1};
    return t;
  }
  if (key == pool[t].key) {
    pool[t].hits++;
    return t;
  }
  if (key < pool[t].key) pool[t].left = (uint8_t)insert(pool[t].left, key);
  else pool[t].right = (uint8_t)insert(pool[t].right, key);
  return balance(t);
}

static unsigned take_least(unsigned t, unsigned *least) {
  if (!pool[t].left) {
    *least = t;
    return pool[t].right;
  }
  pool[t].left = (uint8_t)take_least(pool[t].left, least);
  return balance(t);
}

static unsigned erase(unsigned t, unsigned key) {
  if (!t) return 0;
  if (key < pool[t].key) pool[t].left = (uint8_t)erase(pool[t].left, key);
  else if (key > pool[t].key) pool[t].right = (uint8_t)erase(pool[t].right, key);
  else {
    unsigned l = pool[t].left, r = pool[t].right, least;
    spare[spares++] = (uint8_t)t;
    if (!r) return l;
    r = take_least(r, &least);
    pool[least].left = (uint8_t)l;
    pool[least].right = (uint8_t)r;
    t = least;
  }
  return balance(t);
}

static uint32_t range(unsigned t, unsigned from, unsigned to) {
  if (!t) return 0;
  uint32_t sum = 0;
  if (pool[t].key > from) sum += range(pool[t].left, from, to);
  if (pool[t].key >= from && pool[t].key <= to) sum += pool[t].hits + ((uint32_t)pool[t].height << 8);
  if (pool[t].key < to) sum += range(pool[t].right, from, to);
  return sum;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 31;
  spares = 0;
  root = 0;
  for (unsigned i = NODES - 1; i > 0; i--) spare[spares++] = (uint8_t)i;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 48; i++) {
      s = s * 1664525u + 1013904223u;
      unsigned key = (s >> 22) % 90 * 11;
      if ((s >> 20 & 3) == 0 || spares < 4) root = erase(root, key);
      else root = insert(root, key);
    }
    h = h * 31u + range(root, 100 + (unsigned)k % 50, 700) + spares;
    h = h * 7u + pool[root].key;
  }
  return (int)h;
}

/* Alarms in order of time: a list with shortcuts on four levels, levels thrown by a generator; nodes with as many pointers as they need out of a pool with free ones by level; put in, looked for, taken out, counted between two times. -O2. */
#include <stdint.h>

#define LEVELS 4
#define NODES 40

typedef struct Node Node;
struct Node {
  uint32_t key, value;
  uint8_t level;
  Node *next[LEVELS];
};

static Node pool[NODES], head, *spare;
static uint32_t dice;

static void clear(void) {
  spare = 0;
  for (int i = NODES - 1; i >= 0; i--) {
    pool[i].next[0] = spare;
    spare = &pool[i];
  }
  for (int i = 0; i < LEVELS; i++) head.next[i] = 0;
}

static Node *path(uint32_t key, Node *before[LEVELS]) {
  Node *at = &head;
  for (int level = LEVELS - 1; level >= 0; level--) {
    while (at->next[level] && at->next[level]->key < key) at = at->next[level];
    before[level] = at;
  }
  return at->next[0];
}

static int put(uint32_t key, uint32_t value) {
  Node *before[LEVELS], *at = path(key, before);
  if (at && at->key == key) {
    at->value += value;
    return 2;
  }
  if (!spare) return 0;
  Node *fresh = spare;
  spare = fresh->next[0];
  dice = dice * 1664525u + 1013904223u;
  int level = 1;
  for (uint32_t bits = dice >> 24; level < LEVELS && (bits & 3) == 0; bits >>= 2) level++;
  fresh->key = key;
  fresh->value = value;
  fresh->level = (uint8_t)level;
  for (int i = 0; i < level; i++) {
    fresh->next[i] = before[i]->next[i];
    before[i]->next[i] = fresh;
  }
  return 1;
}

static uint32_t take(uint32_t key) {
  Node *before[LEVELS], *at = path(key, before);
  if (!at || at->key != key) return 0;
  for (int i = 0; i < at->level; i++) before[i]->next[i] = at->next[i];
  at->next[0] = spare;
  spare = at;
  return at->value;
}

static uint32_t between(uint32_t low, uint32_t high, unsigned *count) {
  Node *before[LEVELS];
  uint32_t sum = 0;
  *count = 0;
  for (Node *at = path(low, before); at && at->key < high; at = at->next[0]) {
    sum += at->value;
    ++*count;
  }
  return sum;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 15;
  clear();
  dice = 7;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 30; i++) {
      s = s * 1103515245u + 12345u;
      h = h * 3u + (uint32_t)put((s >> 20) % 90, s >> 12 & 255);
    }
    for (uint32_t low = 0; low < 90; low += 18) {
      unsigned count;
      uint32_t sum = between(low, low + 25, &count);
      h = h * 31u + sum + (count << 16);
    }
    for (int i = 0; i < 40; i++) {
      s = s * 1103515245u + 12345u;
      h = h * 5u + take((s >> 20) % 90);
    }
    /* What rings next goes, too. */
    Node *first = head.next[0];
    if (first) h ^= take(first->key) << 16;
    for (int level = 0; level < LEVELS; level++) {
      uint32_t length = 0;
      for (const Node *at = head.next[level]; at; at = at->next[level]) length++;
      h = h * 31u + length;
    }
  }
  return (int)h;
}

/* Readings in order of their time, with sums over any stretch of it: a tree whose shape follows random priorities (a treap) in a pool of 40 nodes, split and merged by recursion; put in, taken out, sums and numbers between two times, the reading at a rank; sums and numbers kept in the nodes. -O2. */
#include <stdint.h>

#define NODES 40
#define NIL 0

typedef struct {
  uint16_t time;
  int16_t value;
  uint32_t priority;
  uint8_t left, right, count;
  int32_t sum;
} Node;

static Node nodes[NODES + 1];
static uint8_t spare[NODES];
static int spares, root;
static uint32_t seed;

static uint32_t chance(void) {
  seed ^= seed << 13;
  seed ^= seed >> 17;
  seed ^= seed << 5;
  return seed;
}

static void renew(int t) {
  Node *p = &nodes[t];
  p->count = (uint8_t)(1 + nodes[p->left].count + nodes[p->right].count);
  p->sum = p->value + nodes[p->left].sum + nodes[p->right].sum;
}

/* What comes before a time goes to the left. */
static void split(int t, int time, uint8_t *low, uint8_t *high) {
  if (t == NIL) {
    *low = *high = NIL;
    return;
  }
  if (nodes[t].time < time) {
    uint8_t right;
    split(nodes[t].right, time, &right, high);
    nodes[t].right = right;
    *low = (uint8_t)t;
  } else {
    uint8_t left;
    split(nodes[t].left, time, low, &left);
    nodes[t].left = left;
    *high = (uint8_t)t;
  }
  renew(t);
}

static int merge(int a, int b) {
  if (a == NIL) return b;
  if (b == NIL) return a;
  if (nodes[a].priority > nodes[b].priority) {
    nodes[a].right = (uint8_t)merge(nodes[a].right, b);
    renew(a);
    return a;
  }
  nodes[b].left = (uint8_t)merge(a, nodes[b].left);
  renew(b);
  return b;
}

static int find(int time, int *depth) {
  int t = root;
  *depth = 0;
  while (t != NIL && nodes[t].time != time) {
    t = time < nodes[t].time ? nodes[t].left : nodes[t].right;
    ++*depth;
  }
  return t;
}

static void insert(int time, int value) {
  uint8_t low, high;
  int t = spare[--spares];
  nodes[t] = (Node){(uint16_t)time, (int16_t)value, chance(), NIL, NIL, 1, value};
  split(root, time, &low, &high);
  root = merge(merge(low, t), high);
}

static int take_out(int time) {
  uint8_t low, rest, one, high;
  split(root, time, &low, &rest);
  split(rest, time + 1, &one, &high);
  root = merge(low, high);
  if (one == NIL) return 0;
  spare[spares++] = one;
  return nodes[one].value;
}

static int32_t between(int from, int to, int *count) {
  uint8_t low, rest, middle, high;
  split(root, from, &low, &rest);
  split(rest, to, &middle, &high);
  int32_t sum = nodes[middle].sum;
  *count = nodes[middle].count;
  root = merge(merge(low, middle), high);
  return sum;
}

static int at_rank(int rank) {
  int t = root;
  for (;;) {
    int left = nodes[t].left, below = nodes[left].count;
    if (rank == below) return t;
    if (rank < below) {
      t = left;
    } else {
      rank -= below + 1;
      t = nodes[t].right;
    }
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0;
  seed = 1989;
  root = NIL;
  spares = NODES;
  for (int i = 0; i < NODES; i++) spare[i] = (uint8_t)(NODES - i);
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 24; i++) {
      uint32_t r = chance();
      int time = (int)(r & 255), depth, count;
      int known = find(time, &depth);
      if (r >> 31) {
        if (known != NIL) h = h * 31u + (uint32_t)depth;
        else if (spares) insert(time, (int)(r >> 8 & 2047) - 1024);
        else h = h * 31u + (uint32_t)take_out(nodes[at_rank(0)].time);
      } else if (r >> 30) {
        h = h * 31u + (uint32_t)take_out(known != NIL ? time : time ^ 1);
      } else if (r >> 29) {
        h = h * 31u + (uint32_t)between(time >> 1, time + 40, &count);
        h = h * 31u + (uint32_t)count;
      } else if (root != NIL) {
        int t = at_rank((int)((r >> 8) % nodes[root].count));
        find(nodes[t].time, &depth);
        h = h * 31u + (uint32_t)(nodes[t].value * 16 + depth);
      }
    }
    h = h * 31u + (uint32_t)nodes[root].sum;
  }
  return (int)h;
}

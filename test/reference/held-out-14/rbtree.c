/* Alarms by their time, in a red and black tree with parents: a pool of 48 nodes with a list of free ones, put in, taken out (the nearest not before a time), walked from a time on as a clock would show what comes next; times that are there already get a count instead. -O2. */
#include <stdint.h>

enum { RED, BLACK };

typedef struct Node {
  struct Node *parent, *side[2];
  uint16_t time;
  uint8_t color, count;
} Node;

static Node pool[48];
static Node *root, *free_nodes;

static void turn(Node *n, int to) {
  Node *up = n->side[!to];
  n->side[!to] = up->side[to];
  if (up->side[to]) up->side[to]->parent = n;
  up->parent = n->parent;
  if (!n->parent) root = up;
  else n->parent->side[n == n->parent->side[1]] = up;
  up->side[to] = n;
  n->parent = up;
}

static int put(uint16_t time) {
  Node *parent = 0, **at = &root;
  while (*at) {
    parent = *at;
    if (parent->time == time) return ++parent->count;
    at = &parent->side[time > parent->time];
  }
  Node *n = free_nodes;
  if (!n) return 0;
  free_nodes = n->parent;
  n->parent = parent;
  n->side[0] = n->side[1] = 0;
  n->time = time;
  n->color = RED;
  n->count = 1;
  *at = n;
  while ((parent = n->parent) && parent->color == RED) {
    Node *grand = parent->parent;
    int side = parent == grand->side[1];
    Node *uncle = grand->side[!side];
    if (uncle && uncle->color == RED) {
      parent->color = uncle->color = BLACK;
      grand->color = RED;
      n = grand;
      continue;
    }
    if (n == parent->side[!side]) {
      turn(parent, side);
      n = parent;
      parent = n->parent;
    }
    parent->color = BLACK;
    grand->color = RED;
    turn(grand, !side);
  }
  root->color = BLACK;
  return 1;
}

static Node *next(const Node *n) {
  if (n->side[1]) {
    Node *m = n->side[1];
    while (m->side[0]) m = m->side[0];
    return m;
  }
  Node *up = n->parent;
  while (up && n == up->side[1]) {
    n = up;
    up = up->parent;
  }
  return up;
}

static Node *not_before(uint16_t time) {
  Node *n = root, *found = 0;
  while (n) {
    if (n->time >= time) {
      found = n;
      n = n->side[0];
    } else {
      n = n->side[1];
    }
  }
  return found;
}

static void mend(Node *n, Node *parent) {
  while (n != root && (!n || n->color == BLACK)) {
    int side = n == parent->side[1];
    Node *other = parent->side[!side];
    if (other->color == RED) {
      other->color = BLACK;
      parent->color = RED;
      turn(parent, side);
      other = parent->side[!side];
    }
    Node *near = other->side[side], *far = other->side[!side];
    if ((!near || near->color == BLACK) && (!far || far->color == BLACK)) {
      other->color = RED;
      n = parent;
      parent = n->parent;
      continue;
    }
    if (!far || far->color == BLACK) {
      near->color = BLACK;
      other->color = RED;
      turn(other, !side);
      other = parent->side[!side];
      far = other->side[!side];
    }
    other->color = parent->color;
    parent->color = BLACK;
    far->color = BLACK;
    turn(parent, side);
    n = root;
  }
  if (n) n->color = BLACK;
}

static void take(Node *n) {
  if (n->side[0] && n->side[1]) {
    Node *after = next(n);
    n->time = after->time;
    n->count = after->count;
    n = after;
  }
  Node *child = n->side[0] ? n->side[0] : n->side[1], *parent = n->parent;
  if (child) child->parent = parent;
  if (!parent) root = child;
  else parent->side[n == parent->side[1]] = child;
  if (n->color == BLACK) mend(child, parent);
  n->parent = free_nodes;
  free_nodes = n;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 1972, h = 0;
  root = free_nodes = 0;
  for (int i = 47; i >= 0; i--) {
    pool[i].parent = free_nodes;
    free_nodes = &pool[i];
  }
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 12; i++) {
      s = s * 1664525u + 1013904223u;
      h = h * 31u + (uint32_t)put((uint16_t)((s >> 16) % 1440));
    }
    for (int i = 0; i < 10; i++) {
      s = s * 1664525u + 1013904223u;
      Node *m = not_before((uint16_t)((s >> 16) % 1440));
      if (!m) m = not_before(0);
      if (!m) break;
      h = h * 31u + m->time;
      if (m->count > 1) m->count--;
      else take(m);
    }
    s = s * 1664525u + 1013904223u;
    Node *m = not_before((uint16_t)((s >> 16) % 1440));
    for (int i = 0; i < 8 && m; i++, m = next(m)) h = h * 31u + m->time * 4u + m->count;
  }
  return (int)h;
}

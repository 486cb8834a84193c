/* Names that were asked for last are near at hand: a splay tree from the top down over a pool of 40 nodes; 70 requests, most of them for the few keys in fashion: look up (a counter goes up), put in, take out by joining both sides, nearest key below; when the pool is full the least key gives way. -O2. */
#include <stdint.h>
#include <stddef.h>

#define POOL 40

typedef struct Node {
  struct Node *left, *right;
  uint16_t key;
  uint16_t uses;
} Node;

static Node pool[POOL];
static Node *root, *spare;

static void splay(uint16_t key) {
  Node head = {NULL, NULL, 0, 0}, *low = &head, *high = &head, *t = root, *y;
  if (!t) return;
  for (;;) {
    if (key < t->key) {
      if (!t->left) break;
      if (key < t->left->key) {
        y = t->left;
        t->left = y->right;
        y->right = t;
        t = y;
        if (!t->left) break;
      }
      high->left = t;
      high = t;
      t = t->left;
    } else if (key > t->key) {
      if (!t->right) break;
      if (key > t->right->key) {
        y = t->right;
        t->right = y->left;
        y->left = t;
        t = y;
        if (!t->right) break;
      }
      low->right = t;
      low = t;
      t = t->right;
    } else
      break;
  }
  low->right = t->left;
  high->left = t->right;
  t->left = head.right;
  t->right = head.left;
  root = t;
}

static int look_up(uint16_t key) {
  splay(key);
  if (!root || root->key != key) return -1;
  return ++root->uses;
}

static void take_out_root(void) {
  Node *old = root;
  if (!old->left) {
    root = old->right;
  } else {
    Node *right = old->right;
    root = old->left;
    splay(old->key);
    root->right = right;
  }
  old->left = spare;
  spare = old;
}

static int take_out(uint16_t key) {
  splay(key);
  if (!root || root->key != key) return -1;
  int uses = root->uses;
  take_out_root();
  return uses;
}

static int put_in(uint16_t key) {
  splay(key);
  if (root && root->key == key) return 0;
  int gave_way = 1;
  if (!spare) {
    splay(0);
    gave_way = 2 + root->key;
    take_out_root();
    splay(key);
  }
  Node *n = spare;
  spare = n->left;
  n->key = key;
  n->uses = 0;
  if (!root) {
    n->left = n->right = NULL;
  } else if (key < root->key) {
    n->left = root->left;
    n->right = root;
    root->left = NULL;
  } else {
    n->right = root->right;
    n->left = root;
    root->right = NULL;
  }
  root = n;
  return gave_way;
}

static int below(uint16_t key) {
  splay(key);
  if (!root) return -1;
  if (root->key <= key) return root->key;
  const Node *p = root->left;
  if (!p) return -1;
  while (p->right) p = p->right;
  return p->key;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 1985, h = 0;
  root = spare = NULL;
  for (int i = 0; i < POOL; i++) {
    pool[i].left = spare;
    spare = &pool[i];
  }
  uint16_t fashion[4] = {100, 200, 300, 400};
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 70; i++) {
      s = s * 1664525u + 1013904223u;
      uint16_t key = s >> 13 & 1 ? fashion[s >> 11 & 3] : (uint16_t)(s >> 20 & 511);
      int answer;
      switch (s >> 29) {
        case 0:
        case 1:
          answer = put_in(key);
          break;
        case 2:
          answer = take_out(key);
          break;
        case 3:
          answer = below(key);
          break;
        default:
          answer = look_up(key);
          if (answer < 0 && (s & 0x400)) answer = put_in(key) - 100;
      }
      if ((s >> 5 & 15) == 0) fashion[s >> 9 & 3] = (uint16_t)(s >> 18 & 511);
      h = h * 31u + (uint32_t)answer;
    }
    h = h * 31u + (uint32_t)below(256);
  }
  return (int)h;
}

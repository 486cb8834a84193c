/* Names of services in a crit-bit tree: short words, an inner node says byte and mask in which its sides differ; put in, looked for, taken out, and gone through in order below a prefix; nodes from a pool with a list of free ones. -O2. */
#include <stdint.h>

#define POOL 40
#define WORDS 48

typedef struct {
  uint16_t child[2]; /* node, or word | LEAF */
  uint8_t byte, mask; /* mask: all bits but the one that decides */
} Node;

#define LEAF 0x8000u
#define NONE 0xffffu

static Node nodes[POOL];
static char words[WORDS][8];
static uint16_t root, spare;

static unsigned length(const char *p) {
  unsigned n = 0;
  while (p[n]) n++;
  return n;
}

static unsigned side(const Node *q, const char *p, unsigned n) {
  unsigned c = q->byte < n ? (uint8_t)p[q->byte] : 0;
  return (1 + (q->mask | c)) >> 8;
}

static const char *nearest(const char *p, unsigned n) {
  unsigned at = root;
  while (!(at & LEAF)) at = nodes[at].child[side(&nodes[at], p, n)];
  return words[at & 0x7fff];
}

static int same(const char *a, const char *b) {
  while (*a && *a == *b) a++, b++;
  return *a == *b;
}

static int has(const char *p) { return root != NONE && same(nearest(p, length(p)), p); }

static int add(unsigned word) {
  const char *p = words[word];
  unsigned n = length(p);
  if (root == NONE) {
    root = (uint16_t)(word | LEAF);
    return 1;
  }
  const char *q = nearest(p, n);
  unsigned byte = 0;
  while (p[byte] == q[byte]) {
    if (!p[byte]) return 0;
    byte++;
  }
  uint32_t bits = (uint8_t)(p[byte] ^ q[byte]);
  bits |= bits >> 1;
  bits |= bits >> 2;
  bits |= bits >> 4;
  uint32_t mask = (bits & ~(bits >> 1)) ^ 255;
  unsigned direction = (1 + (mask | (uint8_t)q[byte])) >> 8;
  unsigned fresh = spare;
  spare = nodes[fresh].child[0];
  nodes[fresh].byte = (uint8_t)byte;
  nodes[fresh].mask = (uint8_t)mask;
  nodes[fresh].child[1 - direction] = (uint16_t)(word | LEAF);
  uint16_t *where = &root;
  while (!(*where & LEAF)) {
    Node *m = &nodes[*where];
    if (m->byte > byte || (m->byte == byte && m->mask > mask)) break;
    where = &m->child[side(m, p, n)];
  }
  nodes[fresh].child[direction] = *where;
  *where = (uint16_t)fresh;
  return 1;
}

static int take(const char *p) {
  if (root == NONE) return 0;
  unsigned n = length(p), direction = 0;
  uint16_t *where = &root, *above = 0;
  while (!(*where & LEAF)) {
    above = where;
    direction = side(&nodes[*where], p, n);
    where = &nodes[*where].child[direction];
  }
  if (!same(words[*where & 0x7fff], p)) return 0;
  if (!above) {
    root = NONE;
    return 1;
  }
  unsigned gone = *above;
  *above = nodes[gone].child[1 - direction];
  nodes[gone].child[0] = spare;
  spare = (uint16_t)gone;
  return 1;
}

static uint32_t walk(unsigned at, uint32_t h) {
  if (!(at & LEAF)) return walk(nodes[at].child[1], walk(nodes[at].child[0], h));
  for (const char *p = words[at & 0x7fff]; *p; p++) h = h * 31u + (uint8_t)*p;
  return h * 31u;
}

static uint32_t below(const char *p) {
  unsigned n = length(p), at = root, top = root;
  if (at == NONE) return 0;
  while (!(at & LEAF)) {
    unsigned byte = nodes[at].byte;
    at = nodes[at].child[side(&nodes[at], p, n)];
    if (byte < n) top = at;
  }
  for (unsigned i = 0; i < n; i++)
    if (words[at & 0x7fff][i] != p[i]) return 0;
  return walk(top, 7);
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 3;
  for (int k = 0; k < n; k++) {
    root = NONE;
    spare = 0;
    for (int i = 0; i < POOL; i++) nodes[i].child[0] = (uint16_t)(i + 1);
    for (int i = 0; i < WORDS; i++) {
      unsigned m = 0;
      do {
        s = s * 1103515245u + 12345u;
        words[i][m++] = (char)('a' + (s >> 16) % 4);
      } while (m < 7 && (s >> 24 & 3));
      words[i][m] = 0;
    }
    for (unsigned i = 0; i < 32; i++) h = h * 3u + (uint32_t)add(i);
    for (unsigned i = 0; i < 12; i++) h = h * 3u + (uint32_t)take(words[i * 4]);
    for (unsigned i = 16; i < WORDS; i++) h = h * 3u + (uint32_t)has(words[i]);
    static const char *const prefixes[] = {"a", "bc", "d", "cab", ""};
    for (int i = 0; i < 5; i++) h ^= below(prefixes[i]) + (uint32_t)i;
  }
  return (int)h;
}

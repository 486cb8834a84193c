/* Words from eight keys: a tree of letters (first child, next sibling, how often the word was chosen) grown from a list; what fits the keys so far is found by going down all letters of a key, and below that everything longer, by recursion; the three words most often chosen are offered, the one meant is looked for with more keys until it is among them; old counts fade. -O2. */
#include <stdint.h>

#define NODES 400
#define OFFERED 3

typedef struct {
  char letter;
  uint8_t count; /* 0: no word ends here */
  uint16_t child, sibling;
} Node;

typedef struct {
  uint16_t node;
  uint8_t count, length;
} Offer;

static const char *const words[] = {
  "home", "good", "gone", "hood", "hone", "in", "go", "ho", "of", "me", "on", "no", "one", "not", "out",
  "call", "ball", "calm", "back", "cab", "bad", "able", "cable", "late", "kate", "lave", "run", "sun", "pun", "suns",
  "time", "vine", "tin", "timer", "times", "stop", "start", "stops", "pace", "race", "sad", "rad", "pad", "heart", "rate",
  "meet", "need", "feed", "free", "seed", "read", "dead", "fad", "dace", "face", "soon", "room", "moon",
};
#define WORDS (sizeof words / sizeof words[0])

static Node nodes[NODES];
static int used;
static char keys[12];
static int pressed;
static Offer offers[OFFERED];
static int offered;
static uint32_t visits;

static char key_of(char letter) {
  static const char map[] = "22233344455566677778889999";
  return map[letter - 'a'];
}

static int add(const char *word) {
  int at = 0;
  for (; *word; word++) {
    uint16_t *link = &nodes[at].child;
    while (*link && nodes[*link].letter < *word) link = &nodes[*link].sibling;
    if (!*link || nodes[*link].letter != *word) {
      Node *fresh = &nodes[used];
      fresh->letter = *word;
      fresh->count = 0;
      fresh->child = 0;
      fresh->sibling = *link;
      *link = (uint16_t)used++;
    }
    at = *link;
  }
  return at;
}

static void offer(int node, int length) {
  int count = nodes[node].count;
  int place = offered;
  while (place > 0 && (offers[place - 1].count < count || (offers[place - 1].count == count && offers[place - 1].length > length))) place--;
  if (place >= OFFERED) return;
  if (offered < OFFERED) offered++;
  for (int i = offered - 1; i > place; i--) offers[i] = offers[i - 1];
  offers[place] = (Offer){(uint16_t)node, (uint8_t)count, (uint8_t)length};
}

static void gather(int node, int depth) {
  visits++;
  if (depth >= pressed && nodes[node].count) offer(node, depth);
  for (int c = nodes[node].child; c; c = nodes[c].sibling)
    if (depth >= pressed || key_of(nodes[c].letter) == keys[depth]) gather(c, depth + 1);
}

static int is_offered(int node) {
  for (int i = 0; i < offered; i++)
    if (offers[i].node == node) return i + 1;
  return 0;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 43556, h = 0;
  used = 1;
  nodes[0].child = 0;
  for (unsigned i = 0; i < WORDS; i++) nodes[add(words[i])].count = (uint8_t)(1 + i % 5);
  h = (uint32_t)used;
  for (int k = 0; k < n; k++)
    for (int t = 0; t < 5; t++) {
      s = s * 1664525u + 1013904223u;
      const char *word = words[((s >> 20) * WORDS) >> 12];
      int meant = add(word), place = 0;
      pressed = 0;
      visits = 0;
      while (word[pressed]) {
        keys[pressed] = key_of(word[pressed]);
        pressed++;
        if (pressed < 2 && word[1]) continue;
        offered = 0;
        gather(0, 0);
        place = is_offered(meant);
        if (place) break;
      }
      h = h * 31u + (uint32_t)(pressed * 4 + place) * 256 + visits;
      for (int i = 0; i < offered; i++) h = h * 31u + offers[i].count;
      nodes[meant].count += 3;
      if (nodes[meant].count > 40)
        for (int i = 1; i < used; i++) nodes[i].count = (uint8_t)((nodes[i].count + 1) >> 1);
    }
  return (int)h;
}

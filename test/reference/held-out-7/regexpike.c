/* Patterns over the lines of a log: compiled to a small program (character, any, set, split, jump), run by all its threads at once, so that no line takes long; postfix ?, * and +, alternatives, groups, ends. -O1. */
#include <stdint.h>

enum { CHAR, ANY, SPLIT, JUMP, MATCH, RANGE, END };

typedef struct {
  uint8_t op, a, b;
  uint8_t x, y;
} Step;

static Step steps[48];
static unsigned count;
static const char *at;

static void alternatives(void);

static unsigned emit(unsigned op, unsigned a, unsigned b) {
  steps[count].op = (uint8_t)op;
  steps[count].a = (uint8_t)a;
  steps[count].b = (uint8_t)b;
  return count++;
}

static void insert(unsigned where) {
  for (unsigned i = count++; i > where; i--) {
    steps[i] = steps[i - 1];
    if (steps[i].op == SPLIT || steps[i].op == JUMP) {
      if (steps[i].x >= where) steps[i].x++;
      if (steps[i].y >= where) steps[i].y++;
    }
  }
  steps[where].op = SPLIT;
}

static void atom(void) {
  char c = *at++;
  if (c == '(') {
    alternatives();
    at++;
  } else if (c == '.') emit(ANY, 0, 0);
  else if (c == '$') emit(END, 0, 0);
  else if (c == '[') {
    emit(RANGE, (unsigned)at[0], (unsigned)at[2]);
    at += 4;
  } else emit(CHAR, (unsigned)c, 0);
}

static void repeated(void) {
  unsigned start = count;
  atom();
  if (*at == '?' || *at == '*') {
    insert(start);
    steps[start].x = (uint8_t)(start + 1);
    if (*at == '*') {
      unsigned j = emit(JUMP, 0, 0);
      steps[j].x = steps[j].y = (uint8_t)start;
    }
    steps[start].y = (uint8_t)count;
    at++;
  } else if (*at == '+') {
    unsigned s = emit(SPLIT, 0, 0);
    steps[s].x = (uint8_t)start;
    steps[s].y = (uint8_t)(s + 1);
    at++;
  }
}

static void alternatives(void) {
  unsigned start = count;
  while (*at && *at != '|' && *at != ')') repeated();
  if (*at == '|') {
    at++;
    insert(start);
    unsigned j = emit(JUMP, 0, 0);
    steps[start].x = (uint8_t)(start + 1);
    steps[start].y = (uint8_t)count;
    alternatives();
    steps[j].x = steps[j].y = (uint8_t)count;
  }
}

static uint8_t lists[2][48];
static unsigned sizes[2];
static uint64_t marked;

static void follow(unsigned list, unsigned pc, int last) {
  if (marked >> pc & 1) return;
  marked |= (uint64_t)1 << pc;
  switch (steps[pc].op) {
    case JUMP: follow(list, steps[pc].x, last); break;
    case SPLIT:
      follow(list, steps[pc].x, last);
      follow(list, steps[pc].y, last);
      break;
    case END:
      if (last) follow(list, pc + 1, last);
      break;
    default: lists[list][sizes[list]++] = (uint8_t)pc;
  }
}

/* How many characters of the line have a match that ends there. */
static unsigned search(const char *line) {
  unsigned now = 0, ends = 0;
  sizes[0] = 0;
  for (marked = 0;; marked = 0, line++) {
    unsigned next = now ^ 1;
    for (unsigned i = 0; i < sizes[now]; i++) marked |= (uint64_t)1 << lists[now][i];
    follow(now, 0, !*line);
    sizes[next] = 0;
    marked = 0;
    int hit = 0;
    for (unsigned i = 0; i < sizes[now]; i++) {
      const Step *s = &steps[lists[now][i]];
      char c = *line;
      if (s->op == MATCH) hit = 1;
      else if (c && (s->op == ANY || (s->op == CHAR && s->a == c) || (s->op == RANGE && s->a <= c && c <= s->b)))
        follow(next, lists[now][i] + 1u, !line[1]);
    }
    ends += (unsigned)hit;
    if (!*line) return ends;
    now = next;
  }
}

static const char *const patterns[] = {"a[b-d]+e", "(ab|cd)*e$", "b.?c", "(a|b(c|d)+)e"};
static char text[24];

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 100;
  for (int k = 0; k < n; k++) {
    at = patterns[k & 3];
    count = 0;
    alternatives();
    emit(MATCH, 0, 0);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 23; j++) {
        s = s * 1103515245u + 12345u;
        text[j] = (char)('a' + (s >> 16) % 5);
      }
      text[12 + i * 5] = 0;
      h = h * 31u + search(text);
    }
    h = h * 31u + count;
  }
  return (int)h;
}

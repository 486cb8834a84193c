/* The memory of a small script language: 72 cells with a head and a tail each (a number or a cell), twelve names; what no name reaches is found by turning pointers around on the way down and back again (no stack), then swept into the list of free ones; lists are made, joined, turned around, shared and dropped. -O2. */
#include <stdint.h>

#define CELLS 72
#define NAMES 12
#define NIL 0xff
#define NUMBER 0x100 /* above it numbers, below it cells */

enum { FREE = 0, USED = 1, MARKED = 2, TAIL = 4 };

typedef struct {
  uint16_t head, tail;
  uint8_t flags;
} Cell;

static Cell cells[CELLS];
static uint16_t names[NAMES];
static uint16_t free_list;
static unsigned collections, reclaimed;

static int is_cell(uint16_t v) { return v < CELLS; }

static void mark(uint16_t root) {
  uint16_t back = NIL, at = root;
  if (!is_cell(at)) return;
  for (;;) {
    if (is_cell(at) && !(cells[at].flags & MARKED)) {
      Cell *c = &cells[at];
      c->flags |= MARKED;
      uint16_t next = c->head;
      c->head = back;
      back = at;
      at = next;
      continue;
    }
    /* nothing new below: go back over what is done */
    while (back != NIL && (cells[back].flags & TAIL)) {
      Cell *c = &cells[back];
      uint16_t above = c->tail;
      c->flags &= (uint8_t)~TAIL;
      c->tail = at;
      at = back;
      back = above;
    }
    if (back == NIL) return;
    Cell *c = &cells[back];
    uint16_t above = c->head;
    c->head = at;
    at = c->tail;
    c->tail = above;
    c->flags |= TAIL;
  }
}

static void sweep(void) {
  free_list = NIL;
  for (int i = CELLS - 1; i >= 0; i--) {
    Cell *c = &cells[i];
    if (c->flags & MARKED) {
      c->flags &= (uint8_t)~MARKED;
      continue;
    }
    if (c->flags & USED) reclaimed++;
    c->flags = FREE;
    c->tail = free_list;
    free_list = (uint16_t)i;
  }
}

static void collect(void) {
  for (int i = 0; i < NAMES; i++) mark(names[i]);
  sweep();
  collections++;
}

/* names[0] and names[1] hold what is being put together, so that it stays */
static uint16_t cons(uint16_t head, uint16_t tail) {
  if (free_list == NIL) {
    names[0] = head;
    names[1] = tail;
    collect();
    if (free_list == NIL) return NIL;
  }
  uint16_t at = free_list;
  free_list = cells[at].tail;
  cells[at].head = head;
  cells[at].tail = tail;
  cells[at].flags = USED;
  return at;
}

static void reverse(unsigned name) {
  uint16_t done = NIL, at = names[name];
  for (unsigned turns = 0; is_cell(at) && turns < CELLS; turns++) {
    uint16_t next = cells[at].tail;
    cells[at].tail = done;
    done = at;
    at = next;
  }
  names[name] = done;
}

static uint32_t sum(uint16_t v, unsigned limit) {
  uint32_t h = 1;
  while (is_cell(v) && limit--) {
    uint16_t head = cells[v].head;
    if (head >= NUMBER) h = h * 5 + head;
    else if (is_cell(head)) h = h * 7 + (cells[head].head >= NUMBER ? cells[head].head : 3u);
    v = cells[v].tail;
  }
  return h;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 1960, h = 0;
  for (int i = 0; i < CELLS; i++) cells[i].flags = FREE;
  for (int i = 0; i < NAMES; i++) names[i] = NIL;
  collections = reclaimed = 0;
  sweep();
  for (int k = 0; k < n; k++) {
    for (int q = 0; q < 60; q++) {
      s = s * 1664525u + 1013904223u;
      unsigned a = 2 + (s >> 28) % 10, b = 2 + (s >> 24 & 15) % 10;
      switch (s >> 20 & 7) {
        case 0:
        case 1:
          names[a] = cons((uint16_t)(NUMBER + (s >> 4 & 1023)), names[a]);
          break;
        case 2: {
          uint16_t inner = cons((uint16_t)(NUMBER + (s >> 6 & 255)), names[b]);
          names[a] = cons(inner, names[a]);
          break;
        }
        case 3:
          reverse(a);
          break;
        case 4:
          names[a] = cons(names[b], names[a]);
          break;
        case 5:
          if (is_cell(names[a])) names[a] = cells[names[a]].tail;
          break;
        case 6:
          names[a] = names[b];
          break;
        default:
          if (s >> 13 & 1) names[a] = NIL;
          else if (is_cell(names[a]) && is_cell(names[b])) cells[names[a]].tail = names[b];
      }
      h = h * 31u + sum(names[a], 12);
    }
    names[0] = names[1] = NIL;
    collect();
    unsigned room = 0;
    for (uint16_t f = free_list; f != NIL; f = cells[f].tail) room++;
    h = h * 31u + room + collections * 256u + reclaimed;
    if (room < 12)
      for (int i = 2; i < NAMES; i += 2) names[i] = NIL;
  }
  return (int)h;
}

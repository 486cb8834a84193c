/* A small system of tasks: eight of them with priorities of four kinds, ready ones in rings by priority under a map of bits, slices of three ticks, sleepers in a list of differences, two locks whose holder runs with the priority of who waits; each task is a list of what it does, played by a switch; 90 ticks. -O1. */
#include <stdint.h>

#define TASKS 8
#define LEVELS 4
#define LOCKS 2
#define NONE 0xff
#define SLICE 3

enum { WORK = 0, SLEEP = 1, LOCK = 2, UNLOCK = 3, YIELD = 4, AGAIN = 5 };

typedef struct {
  uint8_t base, level;    /* 0 is the most urgent */
  uint8_t next, previous; /* of the ring, or of the list of sleepers or waiters */
  uint8_t at, left, slice;
  uint8_t waits_for;
  uint16_t delta; /* until it wakes, after the one before */
  uint16_t worked;
  const uint8_t *program; /* pairs of what and how much */
} Task;

static Task tasks[TASKS];
static uint8_t ring[LEVELS], owner[LOCKS], waiters[LOCKS], sleepers;
static uint8_t ready;
static uint32_t trace;

static const uint8_t programs[5][14] = {
  {WORK, 2, LOCK, 0, WORK, 3, UNLOCK, 0, SLEEP, 7, AGAIN, 0},
  {WORK, 4, SLEEP, 5, LOCK, 1, WORK, 1, UNLOCK, 1, YIELD, 0, AGAIN, 0},
  {LOCK, 0, WORK, 2, LOCK, 1, WORK, 2, UNLOCK, 1, UNLOCK, 0, AGAIN, 0},
  {WORK, 9, YIELD, 0, SLEEP, 2, AGAIN, 0},
  {SLEEP, 11, LOCK, 0, WORK, 1, UNLOCK, 0, AGAIN, 0},
};

static void make_ready(uint8_t id) {
  Task *t = &tasks[id];
  uint8_t head = ring[t->level];
  if (head == NONE) {
    t->next = t->previous = id;
    ring[t->level] = id;
    ready |= (uint8_t)(1 << t->level);
    return;
  }
  t->next = head;
  t->previous = tasks[head].previous;
  tasks[t->previous].next = id;
  tasks[head].previous = id;
}

static void take_out(uint8_t id) {
  Task *t = &tasks[id];
  if (t->next == id) {
    ring[t->level] = NONE;
    ready &= (uint8_t)~(1 << t->level);
    return;
  }
  tasks[t->previous].next = t->next;
  tasks[t->next].previous = t->previous;
  if (ring[t->level] == id) ring[t->level] = t->next;
}

static void go_to_sleep(uint8_t id, unsigned ticks) {
  Task *t = &tasks[id];
  uint8_t *link = &sleepers;
  take_out(id);
  while (*link != NONE && tasks[*link].delta <= ticks) {
    ticks -= tasks[*link].delta;
    link = &tasks[*link].next;
  }
  t->delta = (uint16_t)ticks;
  t->next = *link;
  if (*link != NONE) tasks[*link].delta -= (uint16_t)ticks;
  *link = id;
}

static void wake(void) {
  if (sleepers == NONE) return;
  if (tasks[sleepers].delta) tasks[sleepers].delta--;
  while (sleepers != NONE && tasks[sleepers].delta == 0) {
    uint8_t id = sleepers;
    sleepers = tasks[id].next;
    make_ready(id);
  }
}

static void lift(uint8_t id, uint8_t level) {
  while (id != NONE && tasks[id].level > level) {
    uint8_t which = tasks[id].waits_for;
    if (which == NONE) {
      /* who holds a lock and waits for none is ready: nobody sleeps with one */
      take_out(id);
      tasks[id].level = level;
      make_ready(id);
      return;
    }
    tasks[id].level = level;
    id = owner[which];
  }
}

static void lock(uint8_t id, uint8_t which) {
  if (owner[which] == NONE) {
    owner[which] = id;
    return;
  }
  take_out(id);
  uint8_t *link = &waiters[which];
  while (*link != NONE && tasks[*link].level <= tasks[id].level) link = &tasks[*link].next;
  tasks[id].next = *link;
  *link = id;
  tasks[id].waits_for = which;
  lift(owner[which], tasks[id].level);
}

static void unlock(uint8_t id, uint8_t which) {
  uint8_t level = tasks[id].base;
  /* what its other locks still ask for */
  for (int l = 0; l < LOCKS; l++)
    if (l != which && owner[l] == id)
      for (uint8_t w = waiters[l]; w != NONE; w = tasks[w].next)
        if (tasks[w].level < level) level = tasks[w].level;
  if (level != tasks[id].level) {
    take_out(id);
    tasks[id].level = level;
    make_ready(id);
  }
  uint8_t heir = waiters[which];
  owner[which] = heir;
  if (heir == NONE) return;
  waiters[which] = tasks[heir].next;
  tasks[heir].waits_for = NONE;
  make_ready(heir);
}

static void tick(void) {
  wake();
  for (int steps = 0; ready && steps < 12; steps++) {
    uint8_t id = ring[__builtin_ctz(ready)];
    Task *t = &tasks[id];
    const uint8_t *what = t->program + t->at;
    trace = trace * 31u + id * 8u + what[0];
    switch (what[0]) {
      case WORK:
        t->worked++;
        if (t->left == 0) t->left = what[1];
        if (--t->left == 0) t->at += 2;
        if (++t->slice >= SLICE) {
          t->slice = 0;
          ring[t->level] = t->next;
        }
        return;
      case SLEEP:
        t->at += 2;
        go_to_sleep(id, what[1]);
        break;
      case LOCK:
        t->at += 2;
        lock(id, what[1]);
        break;
      case UNLOCK:
        t->at += 2;
        unlock(id, what[1]);
        break;
      case YIELD:
        t->at += 2;
        t->slice = 0;
        ring[t->level] = t->next;
        break;
      default:
        t->at = 0;
    }
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 1101;
  trace = 0;
  for (int k = 0; k < n; k++) {
    for (int l = 0; l < LEVELS; l++) ring[l] = NONE;
    for (int l = 0; l < LOCKS; l++) owner[l] = waiters[l] = NONE;
    sleepers = NONE;
    ready = 0;
    for (uint8_t i = 0; i < TASKS; i++) {
      s = s * 1664525u + 1013904223u;
      Task *t = &tasks[i];
      t->base = t->level = (uint8_t)(s >> 30);
      t->at = t->left = t->slice = 0;
      t->waits_for = NONE;
      t->delta = t->worked = 0;
      t->program = programs[(s >> 20 & 255) % 5];
      make_ready(i);
    }
    for (int i = 0; i < 90; i++) tick();
    for (int i = 0; i < TASKS; i++) trace = trace * 31u + tasks[i].worked;
  }
  return (int)trace;
}

/* A queue of timers as a sorted linked list over a pool, with handlers by kind. */
#include <stdint.h>
#include <stddef.h>

struct event {
  struct event *next;
  uint32_t due;
  uint8_t kind;
  uint8_t repeat;
  uint16_t period;
};

static struct event pool[16], *freelist, *queue;
static uint32_t now;
static int32_t counters[4];

static void reset(void) {
  freelist = NULL;
  queue = NULL;
  now = 0;
  for (int i = 15; i >= 0; i--) {
    pool[i].next = freelist;
    freelist = &pool[i];
  }
}

static void insert(struct event *e) {
  struct event **at = &queue;
  while (*at && (int32_t)((*at)->due - e->due) <= 0) at = &(*at)->next;
  e->next = *at;
  *at = e;
}

static __attribute__((noinline)) struct event *start(uint32_t delay, uint8_t kind, uint8_t repeat, uint16_t period) {
  struct event *e = freelist;
  if (!e) return NULL;
  freelist = e->next;
  e->due = now + delay;
  e->kind = kind;
  e->repeat = repeat;
  e->period = period;
  insert(e);
  return e;
}

static void handle(const struct event *e) {
  switch (e->kind) {
    case 0: counters[0]++; break;
    case 1: counters[1] += (int32_t)(e->due & 63); start(5, 0, 0, 0); break;
    case 2: counters[2] ^= counters[1] << 1; break;
    case 3: counters[3] = counters[3] * 3 + e->repeat; if (counters[3] & 1) start(9, 2, 1, 13); break;
    default: break;
  }
}

static __attribute__((noinline)) int tick(void) {
  int handled = 0;
  now++;
  while (queue && (int32_t)(queue->due - now) <= 0) {
    struct event *e = queue;
    queue = e->next;
    handle(e);
    if (e->repeat) {
      e->repeat--;
      e->due += e->period;
      insert(e);
    } else {
      e->next = freelist;
      freelist = e;
    }
    handled++;
  }
  return handled;
}

__attribute__((export_name("run"))) int run(int n) {
  int total = 0;
  for (int i = 0; i < 4; i++) counters[i] = i;
  for (int k = 0; k < n; k++) {
    reset();
    for (int i = 0; i < 8; i++) start((uint32_t)(i * 7 + k) & 31, (uint8_t)(i & 3), (uint8_t)(20 + i), (uint16_t)(3 + i * 2));
    for (int t = 0; t < 200; t++) total += tick();
  }
  return total * 1000 + counters[0] + counters[1] + counters[2] + counters[3];
}

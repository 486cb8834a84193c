/* Timers in a binary heap: schedule, fire the earliest, schedule it anew by its period, cancel some. */
#include <stdint.h>

#define MAX 24

struct timer {
  uint32_t due;
  uint16_t period;
  uint8_t id, fired;
};

static struct timer pool[MAX];
static uint8_t heap[MAX];
static int size;

static int earlier(int a, int b) { return (int32_t)(pool[heap[a]].due - pool[heap[b]].due) < 0; }

static void swap(int a, int b) {
  uint8_t t = heap[a];
  heap[a] = heap[b];
  heap[b] = t;
}

static void up(int i) {
  while (i > 0) {
    int parent = (i - 1) >> 1;
    if (!earlier(i, parent)) break;
    swap(i, parent);
    i = parent;
  }
}

static void down(int i) {
  for (;;) {
    int least = i, left = 2 * i + 1;
    if (left < size && earlier(left, least)) least = left;
    if (left + 1 < size && earlier(left + 1, least)) least = left + 1;
    if (least == i) return;
    swap(i, least);
    i = least;
  }
}

static __attribute__((noinline)) void add(int id) {
  heap[size] = (uint8_t)id;
  up(size++);
}

static __attribute__((noinline)) int take(void) {
  int id = heap[0];
  heap[0] = heap[--size];
  down(0);
  return id;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0;
  for (int k = 0; k < n; k++) {
    size = 0;
    for (int i = 0; i < MAX; i++) {
      pool[i] = (struct timer){.due = (uint32_t)((i * 7919 + k * 31) & 1023), .period = (uint16_t)(40 + ((i * 37) & 255)), .id = (uint8_t)i, .fired = 0};
      add(i);
    }
    for (int fired = 0; fired < 60 && size; fired++) {
      struct timer *t = &pool[take()];
      h = h * 33 + t->due;
      if (++t->fired < 6 && (t->id & 7) != 5) {
        t->due += t->period;
        add(t->id);
      }
    }
  }
  return (int)h;
}

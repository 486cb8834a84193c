/* What a watch does with buttons, wrist, charger and time, as states within states: eleven handlers by address, what one does not know goes to the state around it; a change leaves states up to the common one and enters those down to the new one, then its first inner state; history brings back the screen from before. -O2. */
#include <stdint.h>

typedef enum { ENTER, LEAVE, FIRST, UP, DOWN, SELECT, LONG, TILT, PLUG, UNPLUG, TICK, ALARM, EVENTS } Event;

typedef struct Watch Watch;
typedef int (*State)(Watch *, Event);

struct Watch {
  State now, before;
  int light, ticks, page, laps, charge, rings, log;
};

#define HANDLED 1

static int top(Watch *w, Event e);
static int awake(Watch *w, Event e);
static int asleep(Watch *w, Event e);
static int face(Watch *w, Event e);
static int menu(Watch *w, Event e);
static int stopwatch(Watch *w, Event e);
static int stopped(Watch *w, Event e);
static int running(Watch *w, Event e);
static int charging(Watch *w, Event e);
static int full(Watch *w, Event e);
static int ringing(Watch *w, Event e);

/* The state around a state. */
static State around(State s) {
  if (s == face || s == menu || s == stopwatch) return awake;
  if (s == stopped || s == running) return stopwatch;
  if (s == full) return charging;
  return s == top ? 0 : top;
}

static void note(Watch *w, int what) { w->log = w->log * 31 + what; }

__attribute__((noinline)) static int go(Watch *w, State to) {
  State way[4];
  int deep = 0;
  for (State s = to; s; s = around(s)) way[deep++] = s;
  State s = w->now;
  for (; s; s = around(s)) {
    int i = 0;
    while (i < deep && way[i] != s) i++;
    if (i < deep) {
      deep = i;
      break;
    }
    s(w, LEAVE);
  }
  if (!deep && s == to) {
    to(w, LEAVE);
    way[deep++] = to;
  }
  while (deep) way[--deep](w, ENTER);
  w->now = to;
  to(w, FIRST);
  return HANDLED;
}

static void send(Watch *w, Event e) {
  for (State s = w->now; s; s = around(s))
    if (s(w, e)) return;
  note(w, 99);
}

static int top(Watch *w, Event e) {
  switch (e) {
    case FIRST: return go(w, face);
    case PLUG: return go(w, charging);
    case ALARM:
      w->before = w->now;
      return go(w, ringing);
    default: return 0;
  }
}

static int awake(Watch *w, Event e) {
  switch (e) {
    case ENTER:
      w->light = 3;
      note(w, 1);
      return HANDLED;
    case LEAVE:
      w->light = 0;
      note(w, 2);
      return HANDLED;
    case FIRST: return go(w, face);
    case TICK:
      if (++w->ticks < 6) return HANDLED;
      w->before = w->now;
      return go(w, asleep);
    case UP:
    case DOWN:
    case TILT:
      w->ticks = 0;
      if (w->light < 3) w->light++;
      return HANDLED;
    default: return 0;
  }
}

static int asleep(Watch *w, Event e) {
  switch (e) {
    case ENTER:
      note(w, 3);
      return HANDLED;
    case TILT:
    case SELECT:
      w->ticks = 0;
      return go(w, e == TILT && w->before ? w->before : face);
    case TICK: return HANDLED;
    default: return 0;
  }
}

static int face(Watch *w, Event e) {
  if (e == SELECT) return go(w, menu);
  if (e == LONG) return go(w, stopwatch);
  if (e == ENTER) {
    w->page = 0;
    note(w, 4);
    return HANDLED;
  }
  return 0;
}

static int menu(Watch *w, Event e) {
  switch (e) {
    case ENTER:
      note(w, 5);
      return HANDLED;
    case UP:
      w->page = w->page ? w->page - 1 : 4;
      return 0;
    case DOWN:
      w->page = w->page < 4 ? w->page + 1 : 0;
      return 0;
    case SELECT:
      note(w, 10 + w->page);
      return w->page == 2 ? go(w, stopwatch) : w->page == 4 ? go(w, face) : HANDLED;
    case LONG: return go(w, face);
    default: return 0;
  }
}

static int stopwatch(Watch *w, Event e) {
  switch (e) {
    case ENTER:
      w->laps = 0;
      return HANDLED;
    case LEAVE:
      note(w, 20 + w->laps);
      return HANDLED;
    case FIRST: return go(w, stopped);
    case LONG: return go(w, face);
    default: return 0;
  }
}

static int stopped(Watch *w, Event e) {
  if (e == SELECT) return go(w, running);
  if (e == DOWN) {
    w->laps = 0;
    return HANDLED;
  }
  return 0;
}

static int running(Watch *w, Event e) {
  switch (e) {
    case SELECT: return go(w, stopped);
    case DOWN:
      w->laps++;
      return HANDLED;
    case TICK:
      w->ticks = 0; /* stays awake */
      note(w, 6);
      return HANDLED;
    default: return 0;
  }
}

static int charging(Watch *w, Event e) {
  switch (e) {
    case ENTER:
      note(w, 7);
      return HANDLED;
    case TICK:
      w->charge += 9;
      if (w->charge < 100) return HANDLED;
      w->charge = 100;
      return go(w, full);
    case UNPLUG:
      w->ticks = 0;
      w->charge -= 30;
      return go(w, awake);
    case PLUG: return HANDLED;
    default: return 0;
  }
}

static int full(Watch *w, Event e) {
  if (e == TICK) {
    w->light ^= 1;
    return HANDLED;
  }
  if (e == LEAVE) {
    w->light = 0;
    return HANDLED;
  }
  return 0;
}

static int ringing(Watch *w, Event e) {
  switch (e) {
    case ENTER:
      w->rings = 0;
      note(w, 8);
      return HANDLED;
    case TICK:
      if (++w->rings < 4) return HANDLED;
      return go(w, w->before);
    case SELECT:
    case LONG: return go(w, w->before);
    case ALARM: return HANDLED;
    default: return 0;
  }
}

__attribute__((export_name("run"))) int run(int n) {
  static const uint8_t likely[32] = {TICK, TICK, TICK, TICK, TICK, TICK, TICK, TICK, TICK, TICK, UP, UP, DOWN, DOWN, DOWN, DOWN,
                                     SELECT, SELECT, SELECT, SELECT, SELECT, LONG, LONG, LONG, TILT, TILT, TILT, TILT, PLUG, UNPLUG, UNPLUG, ALARM};
  Watch watch = {top, face, 0, 0, 0, 0, 50, 0, 0};
  uint32_t s = 1969, h = 0;
  top(&watch, FIRST);
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 24; i++) {
      s = s * 1664525u + 1013904223u;
      send(&watch, (Event)likely[s >> 27]);
    }
    h = h * 31u + (uint32_t)(watch.log + watch.light * 64 + watch.ticks * 8 + watch.page + watch.laps + watch.charge * 256);
  }
  return (int)h;
}

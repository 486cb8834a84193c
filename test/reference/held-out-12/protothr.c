/* Four tasks without stacks of their own (protothreads: a switch over the line where each one waits): a sampler that puts means of four into a queue, a link that sends each byte by byte and again where no answer comes, a button with bounces, long and double presses, a light that blinks as the button says; 110 ticks. -O1. */
#include <stdint.h>

typedef struct {
  int line;
} Thread;

#define BEGIN(t) switch ((t)->line) { case 0:
#define WAIT(t, condition) \
  (t)->line = __LINE__; \
  case __LINE__: \
  if (!(condition)) return 0
#define END(t) } (t)->line = 0; return 1

#define QUEUE 4

static uint32_t seed, hash;
static uint32_t now;

static uint8_t queue[QUEUE];
static int head, queued;
static int level, level_left, bounce;
static int mode, changed, lit;
static int lost, full;

static uint32_t chance(void) {
  seed = seed * 1664525u + 1013904223u;
  return seed >> 16;
}

static void say(uint32_t what) { hash = hash * 31u + what; }

static Thread sampler_thread, link_thread, button_thread, light_thread;

static int sampler(Thread *t) {
  static uint32_t last;
  static int i, sum, wave;
  BEGIN(t)
  last = now;
  wave = 0;
  for (;;) {
    sum = 0;
    for (i = 0; i < 4; i++) {
      WAIT(t, now - last >= 2);
      last = now;
      wave = (wave + 9) & 127;
      sum += (wave < 64 ? wave : 127 - wave) + (int)(chance() & 7);
    }
    if (queued == QUEUE) full++;
    WAIT(t, queued < QUEUE);
    queue[(head + queued++) % QUEUE] = (uint8_t)((sum + 2) >> 2);
  }
  END(t);
}

static int link(Thread *t) {
  static uint8_t frame[4], number;
  static int i, tries;
  static uint32_t free_at, answer_at, until;
  BEGIN(t)
  number = 0;
  free_at = now;
  for (;;) {
    WAIT(t, queued > 0);
    frame[0] = 0x7e;
    frame[1] = number++;
    frame[2] = queue[head];
    head = (head + 1) % QUEUE;
    queued--;
    for (tries = 0; tries < 3; tries++) {
      frame[3] = (uint8_t)~(frame[1] + frame[2] + tries);
      for (i = 0; i < 4; i++) {
        WAIT(t, now >= free_at);
        say(frame[i] ^ (tries << 8));
        free_at = now + 1;
      }
      answer_at = now + 1 + (chance() & 7);
      until = now + 6;
      WAIT(t, now >= answer_at || now >= until);
      if (now >= answer_at) break;
    }
    if (tries == 3) lost++;
  }
  END(t);
}

static void pressed(int how) {
  say(1000u + (uint32_t)how);
  mode = how == 2 ? 0 : (mode + 1 + how) & 3;
  changed = 1;
}

static int button(Thread *t) {
  static uint32_t since;
  BEGIN(t)
  for (;;) {
    WAIT(t, level);
    since = now;
    WAIT(t, now - since >= 3);
    if (!level) continue;
    since = now;
    WAIT(t, !level || now - since >= 12);
    if (level) {
      pressed(2);
    } else {
      since = now;
      WAIT(t, level || now - since >= 8);
      pressed(level);
    }
    WAIT(t, !level);
  }
  END(t);
}

static int light(Thread *t) {
  static const uint8_t patterns[4] = {0x01, 0x55, 0x33, 0x7f};
  static int bit;
  static uint32_t since;
  BEGIN(t)
  for (;;)
    for (bit = 0; bit < 8; bit++) {
      lit = patterns[mode] >> bit & 1;
      since = now;
      WAIT(t, changed || now - since >= (uint32_t)(2 + mode));
      if (changed) {
        changed = 0;
        break;
      }
    }
  END(t);
}

static void finger(void) {
  if (--level_left <= 0) {
    level = !level;
    level_left = level ? 2 + (int)(chance() % 22) : 3 + (int)(chance() % 30);
    bounce = 2;
  } else if (bounce) {
    bounce--;
    if (chance() & 1) level_left++;
  }
}

__attribute__((export_name("run"))) int run(int n) {
  seed = 2006;
  hash = now = 0;
  head = queued = level = bounce = mode = changed = lit = lost = full = 0;
  level_left = 9;
  sampler_thread.line = link_thread.line = button_thread.line = light_thread.line = 0;
  for (int k = 0; k < n; k++) {
    uint32_t shown = 0;
    for (int i = 0; i < 110; i++) {
      now++;
      finger();
      sampler(&sampler_thread);
      link(&link_thread);
      button(&button_thread);
      light(&light_thread);
      shown = shown << 1 ^ (uint32_t)lit ^ shown >> 27;
    }
    say(shown);
    say((uint32_t)(lost * 64 + full));
  }
  return (int)hash;
}

/* A link over a radio that loses: call, data, close; a window of four frames with numbers modulo eight, receipts that name the next frame missing and a map of those behind it, repeats by age; frames are lost or spoilt (found by their sum), one each way a tick; 20 bytes a message. -O1. */
#include <stdint.h>

#define WINDOW 4
#define NUMBERS 8
#define LENGTH 20
#define PATIENCE 5

enum { NOTHING, CALL, ACCEPT, DATA, RECEIPT, CLOSE, CLOSED };
enum { IDLE, CALLING, OPEN, CLOSING };

typedef struct {
  uint8_t type, number, map, data, sum;
} Frame;

static Frame down, up; /* on their way: to the receiver, to the sender */
static uint8_t message[LENGTH], got[LENGTH];
static uint32_t noise, repeats, spoilt;

static struct {
  uint8_t state, base, next, done, wait;
  uint8_t age[NUMBERS];
  int sent;
} a;

static struct {
  uint8_t expected, have;
  uint8_t kept[NUMBERS];
  int count;
} b;

static uint8_t sum(const Frame *f) { return (uint8_t)(f->type * 7 + f->number * 31 + f->map * 3 + f->data); }

static void put(Frame *where, uint8_t type, uint8_t number, uint8_t map, uint8_t data) {
  noise = noise * 1103515245u + 12345u;
  where->type = NOTHING;
  if (noise >> 29 == 0) return;
  where->type = type;
  where->number = number;
  where->map = map;
  where->data = data;
  where->sum = sum(where);
  if ((noise >> 20 & 15) == 0) where->number ^= 1;
}

static int arrived(Frame *f) {
  if (f->type == NOTHING) return 0;
  if (sum(f) == f->sum) return 1;
  spoilt++;
  return 0;
}

static void receipt(const Frame *f) {
  uint8_t gone = (f->number - a.base) & (NUMBERS - 1);
  if (gone > ((a.next - a.base) & (NUMBERS - 1))) return;
  while (gone--) {
    a.done &= (uint8_t)~(1 << a.base);
    a.base = (a.base + 1) & (NUMBERS - 1);
  }
  for (int i = 0; i < WINDOW - 1; i++)
    if (f->map >> i & 1) a.done |= (uint8_t)(1 << ((f->number + 1 + i) & (NUMBERS - 1)));
}

static void sender(void) {
  Frame in = up;
  up.type = NOTHING;
  if (arrived(&in)) switch (in.type) {
      case ACCEPT:
        if (a.state == CALLING) a.state = OPEN;
        break;
      case RECEIPT:
        if (a.state == OPEN) receipt(&in);
        break;
      case CLOSED:
        if (a.state == CLOSING) a.state = IDLE;
        return;
    }
  switch (a.state) {
    case CALLING:
    case CLOSING:
      if (a.wait-- == 0) {
        put(&down, a.state == CALLING ? CALL : CLOSE, 0, 0, 0);
        a.wait = 2;
      }
      break;
    case OPEN: {
      int old = -1;
      for (uint8_t i = a.base; i != a.next; i = (i + 1) & (NUMBERS - 1)) {
        if (a.done >> i & 1) continue;
        if (++a.age[i] >= PATIENCE && old < 0) old = i;
      }
      if (old >= 0) {
        a.age[old] = 0;
        repeats++;
        put(&down, DATA, (uint8_t)old, 0, message[a.sent - ((a.next - old) & (NUMBERS - 1))]);
      } else if (((a.next - a.base) & (NUMBERS - 1)) < WINDOW && a.sent < LENGTH) {
        a.age[a.next] = 0;
        put(&down, DATA, a.next, 0, message[a.sent++]);
        a.next = (a.next + 1) & (NUMBERS - 1);
      } else if (a.base == a.next) {
        a.state = CLOSING;
        a.wait = 0;
      }
    }
  }
}

static void receiver(void) {
  Frame in = down;
  down.type = NOTHING;
  if (!arrived(&in)) return;
  switch (in.type) {
    case CALL:
      b.expected = 0;
      b.have = 0;
      b.count = 0;
      put(&up, ACCEPT, 0, 0, 0);
      break;
    case DATA: {
      uint8_t ahead = (in.number - b.expected) & (NUMBERS - 1);
      if (ahead < WINDOW) {
        b.kept[in.number] = in.data;
        b.have |= (uint8_t)(1 << in.number);
      }
      while (b.have >> b.expected & 1) {
        b.have &= (uint8_t)~(1 << b.expected);
        if (b.count < LENGTH) got[b.count++] = b.kept[b.expected];
        b.expected = (b.expected + 1) & (NUMBERS - 1);
      }
      uint8_t map = 0;
      for (int i = 0; i < WINDOW - 1; i++)
        if (b.have >> ((b.expected + 1 + i) & (NUMBERS - 1)) & 1) map |= (uint8_t)(1 << i);
      put(&up, RECEIPT, b.expected, map, 0);
      break;
    }
    case CLOSE:
      put(&up, CLOSED, 0, 0, 0);
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 77;
  noise = 4;
  repeats = spoilt = 0;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < LENGTH; i++) {
      s = s * 1664525u + 1013904223u;
      message[i] = (uint8_t)(s >> 24);
      got[i] = 0;
    }
    a.state = CALLING;
    a.base = a.next = a.done = a.wait = 0;
    a.sent = 0;
    down.type = up.type = NOTHING;
    uint32_t ticks = 0;
    while (a.state != IDLE && ticks < 300) {
      sender();
      receiver();
      ticks++;
    }
    for (int i = 0; i < LENGTH; i++) h = h * 31u + got[i];
    h = h * 31u + ticks;
    h ^= repeats << 24 ^ spoilt << 16 ^ (uint32_t)b.count << 12;
  }
  return (int)h;
}

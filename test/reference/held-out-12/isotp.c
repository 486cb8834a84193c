/* Long messages over frames of eight bytes (as ISO 15765-2 has it) between a sensor hub and a bike's computer: single, first and consecutive frames, receipts that allow three more at a time, with pauses, that ask to wait or refuse; frames get lost, both sides give up after ten ticks without one; six messages, whose bytes are compared at the end. -Os. */
#include <stdint.h>

enum SendState { IDLE, WAITING, SENDING };
enum { NOTHING, DONE, TIMEOUT, REFUSED, TOO_OFTEN };
enum { MORE, WAIT, OVERFLOW };

#define LIMIT 10
#define ROOM 60

typedef struct {
  uint8_t bytes[8];
  uint8_t full;
} Slot;

typedef struct {
  enum SendState state;
  const uint8_t *data;
  int length, at, number, left, pause, timer, waits, outcome;
} Sender;

typedef struct {
  uint8_t data[ROOM];
  int length, at, number, left, timer, ready, outcome, frames;
  int busy; /* ticks until it can take more */
} Receiver;

static Slot forth, back;
static Sender sender;
static Receiver receiver;
static uint32_t seed;

static uint32_t chance(void) {
  seed = seed * 1664525u + 1013904223u;
  return seed >> 24;
}

/* Onto the wire; one in sixteen is lost. */
static void put(Slot *slot, const uint8_t *bytes, int count) {
  for (int i = 0; i < 8; i++) slot->bytes[i] = i < count ? bytes[i] : 0xcc;
  slot->full = chance() >= 16;
}

static void begin(const uint8_t *data, int length) {
  uint8_t f[8];
  sender.data = data;
  sender.length = length;
  sender.outcome = NOTHING;
  sender.waits = 0;
  sender.timer = 0;
  if (length < 8) {
    f[0] = (uint8_t)length;
    for (int i = 0; i < length; i++) f[1 + i] = data[i];
    put(&forth, f, length + 1);
    sender.outcome = DONE;
    sender.state = IDLE;
    return;
  }
  f[0] = (uint8_t)(0x10 | length >> 8);
  f[1] = (uint8_t)length;
  for (int i = 0; i < 6; i++) f[2 + i] = data[i];
  sender.at = 6;
  sender.number = 1;
  sender.state = WAITING;
  put(&forth, f, 8);
}

static void stop(int outcome) {
  sender.outcome = outcome;
  sender.state = IDLE;
}

static void send_step(void) {
  if (sender.state == IDLE) return;
  if (back.full) {
    back.full = 0;
    if (sender.state == WAITING && back.bytes[0] >> 4 == 3) {
      sender.timer = 0;
      switch (back.bytes[0] & 15) {
        case MORE:
          sender.left = back.bytes[1];
          sender.pause = back.bytes[2];
          sender.state = SENDING;
          break;
        case WAIT:
          if (++sender.waits > 2) stop(TOO_OFTEN);
          return;
        default:
          stop(REFUSED);
          return;
      }
    }
  }
  if (sender.state == WAITING) {
    if (++sender.timer > LIMIT) stop(TIMEOUT);
    return;
  }
  if (sender.timer < sender.pause) {
    sender.timer++;
    return;
  }
  sender.timer = 0;
  uint8_t f[8];
  int count = sender.length - sender.at;
  if (count > 7) count = 7;
  f[0] = (uint8_t)(0x20 | sender.number);
  for (int i = 0; i < count; i++) f[1 + i] = sender.data[sender.at + i];
  sender.number = (sender.number + 1) & 15;
  sender.at += count;
  put(&forth, f, count + 1);
  if (sender.at == sender.length) stop(DONE);
  else if (--sender.left == 0) sender.state = WAITING;
}

static void answer(int what) {
  uint8_t f[3] = {(uint8_t)(0x30 | what), 3, (uint8_t)(receiver.length & 1)};
  put(&back, f, 3);
}

static void receive_step(void) {
  Receiver *r = &receiver;
  if (r->busy && --r->busy == 0 && r->ready) {
    r->left = 3;
    answer(MORE);
  }
  if (!forth.full) {
    if (r->ready && !r->busy && ++r->timer > LIMIT) {
      r->ready = 0;
      r->outcome = TIMEOUT;
    }
    return;
  }
  forth.full = 0;
  r->frames++;
  r->timer = 0;
  const uint8_t *b = forth.bytes;
  switch (b[0] >> 4) {
    case 0:
      r->length = b[0];
      for (int i = 0; i < r->length; i++) r->data[i] = b[1 + i];
      r->outcome = DONE;
      break;
    case 1:
      r->length = (b[0] & 15) << 8 | b[1];
      if (r->length > ROOM) {
        r->outcome = REFUSED;
        answer(OVERFLOW);
        break;
      }
      for (int i = 0; i < 6; i++) r->data[i] = b[2 + i];
      r->at = 6;
      r->number = 1;
      r->ready = 1;
      if (b[2] & 1) {
        r->busy = 4;
        answer(WAIT);
      } else {
        r->left = 3;
        answer(MORE);
      }
      break;
    case 2:
      if (!r->ready) break;
      if ((b[0] & 15) != r->number) {
        r->ready = 0;
        r->outcome = REFUSED;
        break;
      }
      r->number = (r->number + 1) & 15;
      for (int i = 1; i < 8 && r->at < r->length; i++) r->data[r->at++] = b[i];
      if (r->at == r->length) {
        r->ready = 0;
        r->outcome = DONE;
      } else if (--r->left == 0) {
        r->left = 3;
        answer(MORE);
      }
      break;
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint8_t message[72];
  uint32_t h = 0;
  seed = 15765;
  for (int k = 0; k < n; k++)
    for (int m = 0; m < 6; m++) {
      int length = 1 + (int)(chance() * 70 >> 8);
      for (int i = 0; i < length; i++) message[i] = (uint8_t)chance();
      receiver.ready = receiver.busy = receiver.timer = receiver.frames = 0;
      receiver.outcome = NOTHING;
      forth.full = back.full = 0;
      begin(message, length);
      int ticks = 0;
      do {
        receive_step();
        send_step();
        ticks++;
      } while (sender.state != IDLE || forth.full || receiver.ready);
      h = h * 31u + (uint32_t)(ticks * 64 + receiver.frames);
      h = h * 31u + (uint32_t)(sender.outcome * 8 + receiver.outcome);
      if (receiver.outcome == DONE) {
        int same = receiver.length == length;
        for (int i = 0; i < receiver.length; i++) {
          same &= receiver.data[i] == message[i];
          h = h * 31u + receiver.data[i];
        }
        h += (uint32_t)same;
      }
    }
  return (int)h;
}

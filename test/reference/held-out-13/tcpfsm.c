/* Connections of a small stack for a wearable with a radio of its own: six of them through the eleven states of TCP, by calls of the application, by segments (mostly with the numbers that are expected) and by time; what goes out is counted by its flags, numbers wrap at 32 bits. -O2. */
#include <stdint.h>

enum State { CLOSED, LISTEN, SYN_SENT, SYN_RECEIVED, ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSING, TIME_WAIT, CLOSE_WAIT, LAST_ACK };
enum { FIN = 1, SYN = 2, RST = 4, ACK = 16 };

typedef struct {
  enum State state;
  uint32_t next, oldest, expected; /* to be sent, not yet confirmed, to be received */
  uint16_t timer, resets;
  uint32_t received;
} Connection;

typedef struct {
  uint8_t flags;
  uint8_t length;
  uint32_t number, confirmed;
} Segment;

#define COUNT 6
static Connection connections[COUNT];
static uint32_t seed, sum;

static uint32_t chance(void) {
  seed = seed * 1664525u + 1013904223u;
  return seed >> 8;
}

static void send(Connection *c, int flags) {
  sum = sum * 31u + (uint32_t)flags + (flags & ACK ? c->expected : 0) * 3u + c->next;
  if (flags & (SYN | FIN)) c->next++;
  if (flags & RST) c->resets++;
}

static void go(Connection *c, enum State state) {
  c->state = state;
  c->timer = 0;
}

static void open_active(Connection *c) {
  if (c->state != CLOSED && c->state != LISTEN) return;
  c->next = c->oldest = chance() << 8;
  send(c, SYN);
  go(c, SYN_SENT);
}

static void open_passive(Connection *c) {
  if (c->state == CLOSED) go(c, LISTEN);
}

static void close(Connection *c) {
  switch (c->state) {
    case LISTEN:
    case SYN_SENT:
      go(c, CLOSED);
      break;
    case SYN_RECEIVED:
    case ESTABLISHED:
      send(c, FIN | ACK);
      go(c, FIN_WAIT_1);
      break;
    case CLOSE_WAIT:
      send(c, FIN | ACK);
      go(c, LAST_ACK);
      break;
    default:
      break;
  }
}

static void answer_syn(Connection *c, const Segment *g) {
  c->expected = g->number + 1;
  if (c->state == LISTEN) c->next = c->oldest = chance() << 8;
  else c->next = c->oldest;
  send(c, SYN | ACK);
  go(c, SYN_RECEIVED);
}

static void segment(Connection *c, const Segment *g) {
  switch (c->state) {
    case CLOSED:
      if (!(g->flags & RST)) send(c, RST);
      return;
    case LISTEN:
      if (g->flags & RST) return;
      if (g->flags & ACK) send(c, RST);
      else if (g->flags & SYN) answer_syn(c, g);
      return;
    case SYN_SENT:
      if (g->flags & ACK && g->confirmed != c->next) {
        if (!(g->flags & RST)) send(c, RST);
        return;
      }
      if (g->flags & RST) {
        if (g->flags & ACK) go(c, CLOSED);
        return;
      }
      if (!(g->flags & SYN)) return;
      if (g->flags & ACK) {
        c->expected = g->number + 1;
        c->oldest = g->confirmed;
        send(c, ACK);
        go(c, ESTABLISHED);
      } else {
        answer_syn(c, g);
      }
      return;
    default:
      break;
  }
  if (g->number != c->expected) {
    if (!(g->flags & RST)) send(c, ACK);
    return;
  }
  if (g->flags & RST) {
    go(c, CLOSED);
    return;
  }
  if (g->flags & SYN) {
    send(c, RST);
    go(c, CLOSED);
    return;
  }
  if (!(g->flags & ACK)) return;
  int32_t ahead = (int32_t)(g->confirmed - c->next);
  if (c->state == SYN_RECEIVED) {
    if (ahead != 0) {
      send(c, RST);
      return;
    }
    go(c, ESTABLISHED);
  } else if (ahead > 0) {
    send(c, ACK);
    return;
  }
  if ((int32_t)(g->confirmed - c->oldest) > 0) c->oldest = g->confirmed;
  if (c->oldest == c->next) {
    if (c->state == FIN_WAIT_1) go(c, FIN_WAIT_2);
    else if (c->state == CLOSING) go(c, TIME_WAIT);
    else if (c->state == LAST_ACK) {
      go(c, CLOSED);
      return;
    }
  }
  int reply = 0;
  if (g->length && (c->state == ESTABLISHED || c->state == FIN_WAIT_1 || c->state == FIN_WAIT_2)) {
    c->expected += g->length;
    c->received += g->length;
    reply = 1;
  }
  if (g->flags & FIN) {
    switch (c->state) {
      case ESTABLISHED:
        go(c, CLOSE_WAIT);
        break;
      case FIN_WAIT_1:
        go(c, CLOSING);
        break;
      case FIN_WAIT_2:
        go(c, TIME_WAIT);
        break;
      default:
        if (reply) send(c, ACK);
        return;
    }
    c->expected++;
    reply = 1;
  }
  if (reply) send(c, ACK);
}

static void tick(Connection *c) {
  if (c->state == CLOSED || c->state == LISTEN || c->state == ESTABLISHED || c->state == CLOSE_WAIT) return;
  c->timer++;
  if (c->state == TIME_WAIT) {
    if (c->timer >= 4) go(c, CLOSED);
    return;
  }
  if (c->timer >= 12) {
    send(c, RST);
    go(c, CLOSED);
  }
}

__attribute__((export_name("run"))) int run(int n) {
  static const uint8_t likely[16] = {ACK, ACK, ACK, ACK, ACK, ACK, ACK, SYN, SYN, SYN | ACK, SYN | ACK, SYN | ACK, FIN | ACK, FIN | ACK, FIN | ACK, RST | ACK};
  seed = 793;
  sum = 0;
  for (int i = 0; i < COUNT; i++) connections[i] = (Connection){0};
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 120; i++) {
      uint32_t r = chance();
      Connection *c = &connections[r % COUNT];
      uint32_t what = r >> 8 & 15;
      if (what == 0) open_active(c);
      else if (what == 1) open_passive(c);
      else if (what == 2) close(c);
      else {
        Segment g;
        g.flags = likely[r >> 12 & 15];
        g.length = g.flags == ACK ? (uint8_t)(r >> 16 & 31) : 0;
        g.number = c->expected + (r >> 22 == 0 ? 7u : 0u);
        g.confirmed = c->next - (uint32_t)((r >> 20 & 3) == 3);
        segment(c, &g);
      }
      if ((i & 7) == 7)
        for (int j = 0; j < COUNT; j++) tick(&connections[j]);
      sum = sum * 31u + (uint32_t)c->state;
    }
    for (int i = 0; i < COUNT; i++) sum = sum * 31u + connections[i].received + connections[i].resets * 65536u + connections[i].timer;
  }
  return (int)sum;
}

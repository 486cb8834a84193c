/* Packets of a radio, fetched out of a ring of bytes and given to handlers by a table of pointers; each answers into another ring. -O1. */
#include <stdint.h>

struct ring {
  uint8_t bytes[128];
  uint8_t head, tail;
};

struct link {
  uint16_t handle, interval;
  int16_t rssi;
  uint8_t state, errors, credits;
};

struct packet {
  uint8_t code, length;
  uint8_t body[30];
};

static struct ring in, out;
static struct link links[3];
static uint32_t counters[6];

static unsigned count(const struct ring *r) { return (uint8_t)(r->head - r->tail) & 127; }

static int put(struct ring *r, uint8_t b) {
  if (count(r) == 127) return 0;
  r->bytes[r->head] = b;
  r->head = (r->head + 1) & 127;
  return 1;
}

static uint8_t get(struct ring *r) {
  uint8_t b = r->bytes[r->tail];
  r->tail = (r->tail + 1) & 127;
  return b;
}

static uint16_t u16(const uint8_t *p) { return (uint16_t)(p[0] | p[1] << 8); }

static struct link *link_of(uint16_t handle) {
  for (int i = 0; i < 3; i++)
    if (links[i].state && links[i].handle == handle) return &links[i];
  return 0;
}

static int on_connect(const struct packet *p) {
  for (int i = 0; i < 3; i++)
    if (!links[i].state) {
      links[i] = (struct link){u16(p->body), u16(p->body + 2), -60, 1, 0, 4};
      return i;
    }
  return -1;
}

static int on_drop(const struct packet *p) {
  struct link *l = link_of(u16(p->body));
  if (!l) return -2;
  l->state = 0;
  return l->errors;
}

static int on_data(const struct packet *p) {
  struct link *l = link_of(u16(p->body) & 0x0fff);
  if (!l) return -2;
  if (!l->credits) {
    l->errors++;
    return -3;
  }
  l->credits--;
  int sum = 0;
  for (int i = 2; i < p->length; i++) sum += p->body[i] * (i & 1 ? 3 : 1);
  return sum & 0x7f;
}

static int on_credit(const struct packet *p) {
  struct link *l = link_of(u16(p->body));
  return l ? l->credits += p->body[2] & 7 : -2;
}

static int on_rssi(const struct packet *p) {
  struct link *l = link_of(u16(p->body));
  if (!l) return -2;
  l->rssi = (int16_t)((l->rssi * 7 + (int8_t)p->body[2]) >> 3);
  return l->rssi & 0x7f;
}

static int on_strange(const struct packet *p) { return -p->length; }

static int (*const handlers[])(const struct packet *) = {on_strange, on_connect, on_drop, on_data, on_credit, on_rssi};

static int pump(void) {
  struct packet p;
  if (count(&in) < 2) return 0;
  p.code = get(&in);
  p.length = get(&in);
  for (int i = 0; i < p.length; i++) {
    uint8_t b = get(&in);
    if (i < (int)sizeof p.body) p.body[i] = b;
  }
  unsigned which = p.code < sizeof handlers / sizeof *handlers ? p.code : 0;
  int answer = handlers[which](&p);
  counters[which]++;
  put(&out, p.code);
  put(&out, (uint8_t)answer);
  return 1;
}

static void say(uint8_t code, unsigned handle, uint8_t length, uint8_t fill) {
  put(&in, code);
  put(&in, length);
  put(&in, (uint8_t)handle);
  put(&in, (uint8_t)(handle >> 8));
  for (int i = 2; i < length; i++) put(&in, (uint8_t)(fill + i * 5));
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0;
  for (int k = 0; k < n; k++) {
    for (unsigned i = 0; i < 3; i++) say(1, 0x40 + i, 4, (uint8_t)(k + 6));
    while (pump()) {}
    for (unsigned round = 0; round < 5; round++) {
      for (unsigned i = 0; i < 3; i++) say(3, 0x40 + i, (uint8_t)(8 + i * 6), (uint8_t)(k * 3 + round));
      say(5, 0x40 + round % 3, 3, (uint8_t)(190 + round));
      if (round & 1) say(4, 0x41, 3, (uint8_t)k);
      if (round == 3) say(9, 7, 2, 0);
      while (pump()) {}
    }
    for (unsigned i = 0; i < 4; i++) say(2, 0x3f + i, 2, 0);
    while (pump()) {}
    while (count(&out)) h = h * 31 + get(&out);
  }
  return (int)(h ^ counters[3] << 8 ^ counters[0]);
}

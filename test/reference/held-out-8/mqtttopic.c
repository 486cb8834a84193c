/* Messages from a phone to whom they are for: a fixed header with a length in groups of seven bits, topics matched level by level against filters with + and #, reserved topics only by name, levels of service lowered to what was asked for, packets counted by kind. -Os. */
#include <stdint.h>

#define SUBSCRIPTIONS 8
#define LEVELS 4

typedef struct {
  const char *filter;
  uint8_t qos;
  uint16_t hits;
} Subscription;

static Subscription table[SUBSCRIPTIONS] = {
  {"home/+/light", 1, 0},  {"#", 0, 0},           {"watch/pulse/#", 2, 0}, {"+/pulse/raw", 1, 0},
  {"$sys/up", 1, 0},       {"watch/+/+", 0, 0},   {"home/door", 2, 0},     {"+", 1, 0},
};
static const char *const words[LEVELS][4] = {
  {"home", "watch", "$sys", "x7"}, {"pulse", "up", "door", ""}, {"light", "raw", "lights", "pulse"}, {"raw", "a", "", "#"},
};
static uint8_t packet[64];
static uint16_t kinds[16];

static unsigned copy(uint8_t *to, const char *from) {
  unsigned n = 0;
  while (from[n]) {
    to[n] = (uint8_t)from[n];
    n++;
  }
  return n;
}

static int matches(const char *f, const uint8_t *t, unsigned length) {
  const uint8_t *end = t + length;
  if (length && *t == '$' && (*f == '+' || *f == '#')) return 0;
  for (;;) {
    if (*f == '#') return 1;
    if (*f == '+') {
      while (t < end && *t != '/') t++;
      f++;
    } else {
      while (*f && *f != '/' && t < end && *t == (uint8_t)*f) t++, f++;
      if (*f && *f != '/') return 0;
      if (t < end && *t != '/') return 0;
    }
    if (!*f) return t == end;
    if (t == end) return f[0] == '/' && f[1] == '#';
    f++;
    t++;
  }
}

static int32_t receive(unsigned length) {
  const uint8_t *p = packet + 1, *end = packet + length;
  unsigned kind = packet[0] >> 4, rest = 0, shift = 0;
  if (length < 2) return -1;
  for (;;) {
    if (p == end || shift > 21) return -2;
    rest |= (unsigned)(*p & 127) << shift;
    shift += 7;
    if (!(*p++ & 128)) break;
  }
  if ((unsigned)(end - p) != rest) return -3;
  kinds[kind]++;
  switch (kind) {
    case 3: {
      if (rest < 2) return -4;
      unsigned size = (unsigned)p[0] << 8 | p[1], qos = packet[0] >> 1 & 3;
      p += 2;
      if ((unsigned)(end - p) < size || qos == 3) return -5;
      const uint8_t *topic = p;
      p += size;
      int32_t result = 0;
      if (qos) {
        if (end - p < 2) return -6;
        result = p[0] << 8 | p[1];
        p += 2;
      }
      for (int i = 0; i < SUBSCRIPTIONS; i++) {
        if (!matches(table[i].filter, topic, size)) continue;
        table[i].hits++;
        result = result * 3 + (int32_t)(table[i].qos < qos ? table[i].qos : qos) + i * 8;
        if (result > 100000000) result %= 65537;
      }
      return result + (int32_t)(end - p);
    }
    case 4:
    case 5:
    case 7:
      return rest == 2 ? p[0] << 8 | p[1] : -7;
    case 12:
    case 13:
      return rest ? -8 : 5;
    default:
      return 0;
  }
}

static unsigned compose(uint32_t s) {
  uint8_t body[64];
  static const uint8_t mix[16] = {3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 5, 7, 12, 13, 14, 2};
  unsigned n = 0, kind = mix[s >> 28], qos = s >> 20 & 3, at = 0;
  if (kind == 3) {
    n = 2;
    unsigned levels = 1 + (s >> 14 & (LEVELS - 1));
    for (unsigned i = 0; i < levels; i++) {
      if (i) body[n++] = '/';
      n += copy(body + n, words[i][s >> (2 * i + 16) & 3]);
    }
    body[0] = 0;
    body[1] = (uint8_t)(n - 2);
    if (qos) {
      body[n++] = (uint8_t)(s >> 12);
      body[n++] = (uint8_t)(s >> 5);
    }
    for (unsigned i = s >> 24 & 7; i; i--) body[n++] = (uint8_t)i;
  } else if (kind != 12 && kind != 13) {
    body[n++] = (uint8_t)s;
    body[n++] = (uint8_t)(s >> 8);
  }
  packet[at++] = (uint8_t)(kind << 4 | qos << 1);
  unsigned rest = n;
  do {
    packet[at++] = (uint8_t)((rest & 127) | (rest > 127 ? 128 : 0));
    rest >>= 7;
  } while (rest);
  for (unsigned i = 0; i < n; i++) packet[at++] = body[i];
  return at;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 33;
  for (int i = 0; i < SUBSCRIPTIONS; i++) table[i].hits = 0;
  for (int i = 0; i < 16; i++) kinds[i] = 0;
  for (int k = 0; k < n; k++) {
    for (int q = 0; q < 14; q++) {
      s = s * 1664525u + 1013904223u;
      unsigned length = compose(s);
      if ((s >> 16) % 11 == 0) length--;
      h = h * 31u + (uint32_t)receive(length);
    }
    for (int i = 0; i < SUBSCRIPTIONS; i++) h = h * 31u + table[i].hits;
    for (int i = 0; i < 16; i++) h = h * 3u + kinds[i];
  }
  return (int)h;
}

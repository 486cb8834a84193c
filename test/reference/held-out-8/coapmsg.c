/* Requests of a sensor as CoAP has them: header, token, options as differences of their numbers with one or two more bytes where they are great, a payload behind a mark; written, some spoilt, read again, critical options that are not known refused. -Os. */
#include <stdint.h>

#define OPTIONS 6

typedef struct {
  uint16_t number, length;
  const uint8_t *value;
} Option;

typedef struct {
  uint8_t type, code, tokens, count;
  uint16_t id, payload;
  uint8_t token[8];
  Option options[OPTIONS];
  const uint8_t *body;
} Message;

static uint8_t buffer[160], text[64];

static unsigned nibble(unsigned v) { return v < 13 ? v : v < 269 ? 13 : 14; }

static uint8_t *extend(uint8_t *p, unsigned v) {
  if (v >= 269) {
    *p++ = (uint8_t)((v - 269) >> 8);
    *p++ = (uint8_t)(v - 269);
  } else if (v >= 13) *p++ = (uint8_t)(v - 13);
  return p;
}

static unsigned write(const Message *m) {
  uint8_t *p = buffer;
  unsigned before = 0;
  *p++ = (uint8_t)(0x40 | m->type << 4 | m->tokens);
  *p++ = m->code;
  *p++ = (uint8_t)(m->id >> 8);
  *p++ = (uint8_t)m->id;
  for (unsigned i = 0; i < m->tokens; i++) *p++ = m->token[i];
  for (unsigned i = 0; i < m->count; i++) {
    const Option *o = &m->options[i];
    unsigned step = o->number - before;
    *p++ = (uint8_t)(nibble(step) << 4 | nibble(o->length));
    p = extend(extend(p, step), o->length);
    for (unsigned j = 0; j < o->length; j++) *p++ = o->value[j];
    before = o->number;
  }
  if (m->payload) {
    *p++ = 0xff;
    for (unsigned j = 0; j < m->payload; j++) *p++ = m->body[j];
  }
  return (unsigned)(p - buffer);
}

static int extended(const uint8_t **p, const uint8_t *end, unsigned n) {
  if (n < 13) return (int)n;
  if (n == 15) return -1;
  if (n == 13) return *p < end ? *(*p)++ + 13 : -1;
  if (end - *p < 2) return -1;
  unsigned v = (unsigned)(*p)[0] << 8 | (*p)[1];
  *p += 2;
  return (int)(v + 269);
}

static int known(unsigned number) {
  switch (number) {
    case 1:
    case 3:
    case 4:
    case 6:
    case 11:
    case 12:
    case 15:
    case 17:
    case 23:
    case 27:
    case 60:
    case 292:
      return 1;
    default:
      return 0;
  }
}

/* 0, or a code that says what is wrong. */
static int read(Message *m, unsigned length) {
  const uint8_t *p = buffer, *end = buffer + length;
  unsigned number = 0;
  if (length < 4 || p[0] >> 6 != 1) return 1;
  m->type = p[0] >> 4 & 3;
  m->tokens = p[0] & 15;
  m->code = p[1];
  m->id = (uint16_t)(p[2] << 8 | p[3]);
  m->count = 0;
  m->payload = 0;
  p += 4;
  if (m->tokens > 8 || end - p < m->tokens) return 2;
  for (unsigned i = 0; i < m->tokens; i++) m->token[i] = *p++;
  while (p < end) {
    unsigned first = *p++;
    if (first == 0xff) {
      if (p == end) return 3;
      m->body = p;
      m->payload = (uint16_t)(end - p);
      return 0;
    }
    int step = extended(&p, end, first >> 4), size = extended(&p, end, first & 15);
    if (step < 0 || size < 0) return 4;
    if (end - p < size) return 5;
    number += (unsigned)step;
    if (number & 1 && !known(number)) return 6;
    if (known(number)) {
      if (m->count == OPTIONS) return 7;
      Option *o = &m->options[m->count++];
      o->number = (uint16_t)number;
      o->length = (uint16_t)size;
      o->value = p;
    }
    p += size;
  }
  return 0;
}

__attribute__((export_name("run"))) int run(int n) {
  static const uint16_t numbers[] = {1, 3, 4, 6, 8, 11, 11, 12, 15, 15, 17, 20, 23, 60, 65, 292, 300};
  uint32_t h = 0, s = 21;
  for (int k = 0; k < n; k++) {
    for (int q = 0; q < 8; q++) {
      Message m, r;
      s = s * 1664525u + 1013904223u;
      m.type = s >> 30;
      m.code = (uint8_t)(s >> 22);
      m.id = (uint16_t)(s >> 6);
      m.tokens = (s >> 12) % 9;
      for (unsigned i = 0; i < 64; i++) text[i] = (uint8_t)('A' + ((s >> (i & 15)) & 31));
      for (unsigned i = 0; i < m.tokens; i++) m.token[i] = text[i + 3];
      m.count = 0;
      for (unsigned i = s >> 28; i < 17 && m.count < 5; i += 1 + ((s >> i) & 3)) {
        Option *o = &m.options[m.count++];
        o->number = numbers[i];
        o->length = (uint16_t)(i * 5 % 22);
        o->value = text + i;
      }
      m.payload = (s >> 18) & 31;
      m.body = text + 8;
      unsigned length = write(&m);
      s = s * 1664525u + 1013904223u;
      if (s >> 31) buffer[(s >> 8) % length] ^= (uint8_t)(1u << (s >> 28 & 7));
      for (unsigned i = 0; i < length; i += 3) h = h * 31u + buffer[i];
      int wrong = read(&r, length);
      h = h * 31u + length * 8 + (uint32_t)wrong;
      if (wrong) continue;
      for (unsigned i = 0; i < r.tokens; i++) h = h * 31u + r.token[i];
      for (unsigned i = 0; i < r.count; i++) {
        h = h * 31u + r.options[i].number;
        for (unsigned j = 0; j < r.options[i].length; j++) h = h * 31u + r.options[i].value[j];
      }
      if (r.payload) h ^= (uint32_t)r.payload << 16 | r.body[r.payload - 1];
    }
  }
  return (int)h;
}

/* A day's summary as protocol buffers put it on the wire: fields by number and kind, numbers of seven bits a byte up to 64, signs folded in, a packed list, texts, records within records (their lengths first counted); written, read back with fields that are skipped because nobody knows them, compared. -Os. */
#include <stdint.h>

#define LAPS 3
#define BEATS 10

typedef struct {
  uint32_t start, metres;
  int32_t climb;
} Lap;

typedef struct {
  uint64_t time;
  int32_t offset;
  uint32_t steps;
  char name[12];
  uint8_t laps, beats;
  int16_t beat[BEATS];
  Lap lap[LAPS];
  uint64_t check;
} Day;

static uint8_t wire[256];

static uint8_t *put_varint(uint8_t *p, uint64_t v) {
  while (v >= 0x80) {
    *p++ = (uint8_t)(v | 0x80);
    v >>= 7;
  }
  *p++ = (uint8_t)v;
  return p;
}

static unsigned width(uint64_t v) {
  unsigned n = 1;
  while (v >>= 7) n++;
  return n;
}

static uint64_t folded(int64_t v) { return (uint64_t)v << 1 ^ (uint64_t)(v >> 63); }
static int64_t unfolded(uint64_t v) { return (int64_t)(v >> 1) ^ -(int64_t)(v & 1); }

static uint8_t *put_number(uint8_t *p, unsigned field, uint64_t v) {
  if (!v) return p; /* what is zero is left out */
  return put_varint(put_varint(p, field << 3), v);
}

static unsigned number_width(uint64_t v) { return v ? 1 + width(v) : 0; }

static unsigned lap_width(const Lap *l) {
  return number_width(l->start) + number_width(l->metres) + number_width(folded(l->climb));
}

static unsigned write(const Day *d) {
  uint8_t *p = wire;
  unsigned n = 0;
  p = put_number(p, 1, d->time);
  p = put_number(p, 2, folded(d->offset));
  p = put_number(p, 3, d->steps);
  while (d->name[n]) n++;
  if (n) {
    p = put_varint(put_varint(p, 4 << 3 | 2), n);
    for (unsigned i = 0; i < n; i++) *p++ = (uint8_t)d->name[i];
  }
  for (unsigned i = 0; i < d->laps; i++) {
    const Lap *l = &d->lap[i];
    p = put_varint(put_varint(p, 5 << 3 | 2), lap_width(l));
    p = put_number(p, 1, l->start);
    p = put_number(p, 2, l->metres);
    p = put_number(p, 3, folded(l->climb));
  }
  if (d->beats) {
    unsigned size = 0;
    for (unsigned i = 0; i < d->beats; i++) size += width(folded(d->beat[i]));
    p = put_varint(put_varint(p, 6 << 3 | 2), size);
    for (unsigned i = 0; i < d->beats; i++) p = put_varint(p, folded(d->beat[i]));
  }
  /* of a newer version */
  p = put_varint(put_varint(p, 30 << 3 | 2), 3);
  *p++ = 1;
  *p++ = 2;
  *p++ = 3;
  p = put_varint(p, 15 << 3 | 1);
  for (int i = 0; i < 8; i++) *p++ = (uint8_t)(d->check >> (8 * i));
  return (unsigned)(p - wire);
}

typedef struct {
  const uint8_t *p, *end;
  int wrong;
} Source;

static uint64_t get_varint(Source *s) {
  uint64_t v = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (s->p == s->end) break;
    uint8_t b = *s->p++;
    v |= (uint64_t)(b & 0x7f) << shift;
    if (b < 0x80) return v;
  }
  s->wrong = 1;
  return 0;
}

static Source get_part(Source *s) {
  uint64_t n = get_varint(s);
  Source part = {s->p, s->p, 0};
  if (n > (uint64_t)(s->end - s->p)) s->wrong = 2;
  else s->p = part.end = s->p + n;
  return part;
}

static void skip(Source *s, unsigned kind) {
  uint64_t n = kind == 1 ? 8 : 4;
  switch (kind) {
    case 0: get_varint(s); break;
    case 2: get_part(s); break;
    case 1:
    case 5:
      if ((uint64_t)(s->end - s->p) < n) s->wrong = 3;
      else s->p += n;
      break;
    default: s->wrong = 4;
  }
}

static void read_lap(Source *s, Lap *l) {
  l->start = l->metres = 0;
  l->climb = 0;
  while (s->p < s->end && !s->wrong) {
    unsigned key = (unsigned)get_varint(s);
    if (key == 8) l->start = (uint32_t)get_varint(s);
    else if (key == 16) l->metres = (uint32_t)get_varint(s);
    else if (key == 24) l->climb = (int32_t)unfolded(get_varint(s));
    else skip(s, key & 7);
  }
}

static int read(Day *d, unsigned length) {
  Source s = {wire, wire + length, 0}, part;
  unsigned n = 0;
  d->time = d->check = 0;
  d->offset = 0;
  d->steps = 0;
  d->name[0] = 0;
  d->laps = d->beats = 0;
  while (s.p < s.end && !s.wrong) {
    unsigned key = (unsigned)get_varint(&s);
    switch (key) {
      case 1 << 3: d->time = get_varint(&s); break;
      case 2 << 3: d->offset = (int32_t)unfolded(get_varint(&s)); break;
      case 3 << 3: d->steps = (uint32_t)get_varint(&s); break;
      case 4 << 3 | 2:
        part = get_part(&s);
        for (n = 0; part.p < part.end && n < sizeof d->name - 1; n++) d->name[n] = (char)*part.p++;
        d->name[n] = 0;
        break;
      case 5 << 3 | 2:
        part = get_part(&s);
        if (d->laps == LAPS) return 5;
        read_lap(&part, &d->lap[d->laps++]);
        s.wrong |= part.wrong;
        break;
      case 6 << 3 | 2:
        part = get_part(&s);
        while (part.p < part.end && !part.wrong && d->beats < BEATS) d->beat[d->beats++] = (int16_t)unfolded(get_varint(&part));
        s.wrong |= part.wrong;
        break;
      default: skip(&s, key & 7);
    }
  }
  return s.wrong;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 2008;
  uint64_t time = 1700000000000ull;
  Day d, r;
  for (int k = 0; k < n; k++) {
    for (int q = 0; q < 3; q++) {
      s = s * 1664525u + 1013904223u;
      time += s >> 8;
      d.time = s >> 30 ? time : time * 77777u;
      d.offset = (int32_t)(s >> 26 & 15) * 60 - 480;
      d.steps = (s >> 4 & 0x3fff) * (s >> 28);
      unsigned letters = s >> 20 & 7;
      for (unsigned i = 0; i < letters; i++) d.name[i] = (char)('a' + (s >> (2 * i) & 15));
      d.name[letters] = 0;
      d.laps = s >> 16 & 3;
      for (unsigned i = 0; i < d.laps; i++) {
        s = s * 1664525u + 1013904223u;
        d.lap[i].start = s >> 18;
        d.lap[i].metres = (s >> 8) % 3000;
        d.lap[i].climb = (int32_t)s >> 23;
      }
      d.beats = (uint8_t)((s >> 9) % 11);
      for (unsigned i = 0; i < d.beats; i++) {
        s = s * 1664525u + 1013904223u;
        d.beat[i] = (int16_t)((int32_t)s >> (20 + (s & 7)));
      }
      d.check = (uint64_t)h << 32 | s;
      unsigned length = write(&d);
      for (unsigned i = 0; i < length; i++) h = h * 31u + wire[i];
      int wrong = read(&r, length);
      h = h * 31u + (uint32_t)wrong * 1000 + r.laps * 16u + r.beats;
      if (r.time != d.time || r.check != d.check || r.offset != d.offset || r.steps != d.steps) h ^= 0x77;
      for (unsigned i = 0; i < r.laps; i++) h = h * 31u + r.lap[i].start + r.lap[i].metres + (uint32_t)r.lap[i].climb;
      for (unsigned i = 0; i < r.beats; i++) h = h * 31u + (uint32_t)r.beat[i];
      for (unsigned i = 0; r.name[i]; i++) h = h * 31u + (uint8_t)r.name[i];
    }
  }
  return (int)h;
}

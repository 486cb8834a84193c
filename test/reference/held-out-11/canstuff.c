/* Frames on the bus of an exercise machine: identifiers of 11 or 29 bits, up to six bytes, the check of 15 bits, a bit of the other kind after five alike; sent as bits in bytes; a bit may fall over; the receiver takes the stuffed bits out, follows the fields, and answers what went wrong; three frames, filters by mask. -Os. */
#include <stdint.h>

enum { OK, STUFF, CRC, FORM };

typedef struct {
  uint32_t id;
  uint8_t extended, remote, length;
  uint8_t data[8];
} Frame;

typedef struct {
  uint8_t bits[24];
  int count, run, last;
  uint16_t crc;
} Wire;

static Wire wire;
static uint32_t counts[5];

static uint16_t crc_bit(uint16_t crc, int bit) {
  int top = (crc >> 14 & 1) ^ bit;
  crc = (uint16_t)(crc << 1 & 0x7fff);
  return top ? crc ^ 0x4599 : crc;
}

static void raw(int bit) {
  if (bit) wire.bits[wire.count >> 3] |= (uint8_t)(0x80 >> (wire.count & 7));
  else wire.bits[wire.count >> 3] &= (uint8_t)~(0x80 >> (wire.count & 7));
  wire.count++;
}

static void stuffed(int bit) {
  raw(bit);
  wire.run = bit == wire.last ? wire.run + 1 : 1;
  wire.last = bit;
  if (wire.run == 5) {
    raw(!bit);
    wire.last = !bit;
    wire.run = 1;
  }
}

static void field(uint32_t value, int width) {
  while (width-- > 0) {
    int bit = value >> width & 1;
    wire.crc = crc_bit(wire.crc, bit);
    stuffed(bit);
  }
}

static void send(const Frame *f) {
  wire.count = wire.run = 0;
  wire.last = 2;
  wire.crc = 0;
  field(0, 1);
  if (f->extended) {
    field(f->id >> 18, 11);
    field(3, 2);
    field(f->id & 0x3ffff, 18);
    field((uint32_t)f->remote << 2, 3);
  } else {
    field(f->id, 11);
    field((uint32_t)f->remote << 2, 3);
  }
  field(f->length, 4);
  if (!f->remote)
    for (int i = 0; i < f->length; i++) field(f->data[i], 8);
  uint16_t crc = wire.crc;
  for (int i = 14; i >= 0; i--) stuffed(crc >> i & 1);
  raw(1);
  raw(0);
  raw(1);
  for (int i = 0; i < 7; i++) raw(1);
}

typedef struct {
  int at, run, last, error;
  uint16_t crc;
} Reader;

static int bit_at(int i) { return wire.bits[i >> 3] >> (7 - (i & 7)) & 1; }

static uint32_t take(Reader *r, int width, int counted) {
  uint32_t value = 0;
  while (width-- > 0 && !r->error) {
    int bit = bit_at(r->at++);
    r->run = bit == r->last ? r->run + 1 : 1;
    r->last = bit;
    value = value << 1 | (uint32_t)bit;
    if (counted) r->crc = crc_bit(r->crc, bit);
    if (r->run == 5) {
      int other = bit_at(r->at++);
      if (other == bit) r->error = STUFF;
      r->last = other;
      r->run = 1;
    }
  }
  return value;
}

static int receive(Frame *f) {
  Reader r = {0, 0, 2, OK, 0};
  if (take(&r, 1, 1)) return FORM;
  f->id = take(&r, 11, 1);
  f->remote = (uint8_t)take(&r, 1, 1);
  f->extended = (uint8_t)take(&r, 1, 1);
  if (f->extended) {
    f->id = f->id << 18 | take(&r, 18, 1);
    f->remote = (uint8_t)take(&r, 1, 1);
    take(&r, 1, 1);
  }
  take(&r, 1, 1);
  f->length = (uint8_t)take(&r, 4, 1);
  if (f->length > 8 && !r.error) return FORM;
  if (!f->remote)
    for (int i = 0; i < f->length && !r.error; i++) f->data[i] = (uint8_t)take(&r, 8, 1);
  uint16_t made = r.crc;
  uint32_t told = take(&r, 15, 0);
  if (r.error) return r.error;
  if (told != made) return CRC;
  if (bit_at(r.at) != 1 || bit_at(r.at + 2) != 1) return FORM;
  return OK;
}

static const struct {
  uint32_t mask, id;
} filters[3] = {{0x1fffffff, 0x123}, {0x700, 0x300}, {0x3, 0x2}};

static int wanted(const Frame *f) {
  for (int i = 0; i < 3; i++)
    if ((f->id & filters[i].mask) == filters[i].id) return i + 1;
  return 0;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 1986, h = 0;
  for (int i = 0; i < 5; i++) counts[i] = 0;
  for (int k = 0; k < n; k++)
    for (int frame = 0; frame < 3; frame++) {
      Frame out, in = {0};
      s = s * 1664525u + 1013904223u;
      out.extended = s >> 31;
      out.remote = (s >> 24 & 15) == 0;
      out.length = (uint8_t)(2 + (s >> 20 & 15) % 5);
      uint32_t pattern = s;
      s = s * 1664525u + 1013904223u;
      out.id = out.extended ? s >> 3 : s >> 21;
      if ((s & 0x700) == 0) out.id &= 0x7;
      for (int i = 0; i < out.length; i++) {
        s = s * 1664525u + 1013904223u;
        out.data[i] = pattern & 0x40000 ? (uint8_t)(s >> 24) : (uint8_t)((int32_t)s >> 31);
      }
      send(&out);
      s = s * 1664525u + 1013904223u;
      if (s >> 30 == 0) {
        int at = 1 + (int)((s >> 16 & 0xfff) % (unsigned)(wire.count - 11));
        wire.bits[at >> 3] ^= (uint8_t)(0x80 >> (at & 7));
      }
      for (int i = 0; i < wire.count; i += 8) h = h * 31u + (wire.bits[i >> 3] | (i + 8 > wire.count ? 0xffu >> (wire.count - i) : 0));
      int what = receive(&in);
      counts[what]++;
      h = h * 31u + (uint32_t)what * 100u + (uint32_t)wire.count;
      if (what != OK) continue;
      int which = wanted(&in);
      if (which) counts[4]++;
      h = h * 31u + in.id + in.length * 8u + in.remote * 4u + (uint32_t)which;
      if (!in.remote)
        for (int i = 0; i < in.length; i++) h = h * 31u + in.data[i];
    }
  for (int i = 0; i < 5; i++) h = h * 31u + counts[i];
  return (int)h;
}

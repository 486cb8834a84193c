/* Headers of sixty bytes over a radio of small frames (6LoWPAN, RFC 6282): the forty bytes of IPv6 and eight of UDP are written short where they can be (traffic class and flow, hop limit, addresses by context, by 64, 16 or no bits, groups, ports of four bits) and read back; what came back is held against what was meant. -Os. */
#include <stdint.h>

typedef struct {
  uint8_t traffic, next, hops;
  uint32_t flow;
  uint16_t length, from_port, to_port, sum;
  uint8_t from[16], to[16];
} Header;

static const uint8_t prefixes[2][8] = {{0xfe, 0x80, 0, 0, 0, 0, 0, 0}, {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0x12, 0x34}};
static const uint8_t hop_limits[] = {0, 1, 64, 255};
static uint8_t frame[64];

static void copy(uint8_t *to, const uint8_t *from, int count) {
  while (count--) *to++ = *from++;
}

static int equal(const uint8_t *a, const uint8_t *b, int count) {
  while (count--)
    if (*a++ != *b++) return 0;
  return 1;
}

static int zeros(const uint8_t *p, int count) {
  while (count--)
    if (*p++) return 0;
  return 1;
}

/* The last eight bytes of an address that says only 16 bits. */
static void expand(uint8_t *to, const uint8_t *two) {
  static const uint8_t middle[6] = {0, 0, 0, 0xff, 0xfe, 0};
  copy(to, middle, 6);
  copy(to + 6, two, 2);
}

/* Three bits: by context, and one of four ways; writes what has to be written. */
static int put_address(uint8_t **out, const uint8_t *address, const uint8_t *link) {
  uint8_t wide[8];
  for (int context = 0; context < 2; context++) {
    if (!equal(address, prefixes[context], 8)) continue;
    expand(wide, link);
    if (equal(address + 8, wide, 8)) return context << 2 | 3;
    expand(wide, address + 14);
    if (equal(address + 8, wide, 8)) {
      copy(*out, address + 14, 2);
      *out += 2;
      return context << 2 | 2;
    }
    copy(*out, address + 8, 8);
    *out += 8;
    return context << 2 | 1;
  }
  copy(*out, address, 16);
  *out += 16;
  return 0;
}

static int put_group(uint8_t **out, const uint8_t *a) {
  if (a[1] == 2 && zeros(a + 2, 13)) {
    *(*out)++ = a[15];
    return 3;
  }
  if (zeros(a + 2, 11)) {
    *(*out)++ = a[1];
    copy(*out, a + 13, 3);
    *out += 3;
    return 2;
  }
  if (zeros(a + 2, 9)) {
    *(*out)++ = a[1];
    copy(*out, a + 11, 5);
    *out += 5;
    return 1;
  }
  copy(*out, a, 16);
  *out += 16;
  return 0;
}

static int compress(const Header *h, const uint8_t *from_link, const uint8_t *to_link) {
  uint8_t *out = frame + 2;
  int first = 0x60, second = 0;
  if (!h->flow && !h->traffic) {
    first |= 0x18;
  } else if (!h->flow) {
    first |= 0x10;
    *out++ = (uint8_t)(h->traffic << 6 | h->traffic >> 2);
  } else {
    if (h->traffic >> 2) *out++ = (uint8_t)(h->traffic << 6 | h->traffic >> 2);
    else first |= 0x08;
    *out++ = (uint8_t)((first & 8 ? (h->traffic & 3) << 6 : 0) | h->flow >> 16);
    *out++ = (uint8_t)(h->flow >> 8);
    *out++ = (uint8_t)h->flow;
  }
  if (h->next == 17) first |= 4;
  else *out++ = h->next;
  int limit = 1;
  while (limit < 4 && hop_limits[limit] != h->hops) limit++;
  if (limit < 4) first |= limit;
  else *out++ = h->hops;
  second |= put_address(&out, h->from, from_link) << 4;
  if (h->to[0] == 0xff) second |= 8 | put_group(&out, h->to);
  else second |= put_address(&out, h->to, to_link);
  if (h->next == 17) {
    uint8_t *kind = out++;
    if (h->from_port >> 4 == 0xf0b && h->to_port >> 4 == 0xf0b) {
      *kind = 0xf3;
      *out++ = (uint8_t)(h->from_port << 4 | (h->to_port & 15));
    } else {
      int narrow = h->to_port >> 8 == 0xf0 ? 1 : h->from_port >> 8 == 0xf0 ? 2 : 0;
      *kind = (uint8_t)(0xf0 | narrow);
      if (narrow != 2) *out++ = (uint8_t)(h->from_port >> 8);
      *out++ = (uint8_t)h->from_port;
      if (narrow != 1) *out++ = (uint8_t)(h->to_port >> 8);
      *out++ = (uint8_t)h->to_port;
    }
    *out++ = (uint8_t)(h->sum >> 8);
    *out++ = (uint8_t)h->sum;
  }
  frame[0] = (uint8_t)first;
  frame[1] = (uint8_t)second;
  return (int)(out - frame);
}

static const uint8_t *get_address(const uint8_t *in, uint8_t *address, int way, const uint8_t *link) {
  if (!way) {
    copy(address, in, 16);
    return in + 16;
  }
  copy(address, prefixes[way >> 2], 8);
  switch (way & 3) {
    case 1:
      copy(address + 8, in, 8);
      return in + 8;
    case 2:
      expand(address + 8, in);
      return in + 2;
    default:
      expand(address + 8, link);
      return in;
  }
}

static const uint8_t *get_group(const uint8_t *in, uint8_t *a, int way) {
  static const uint8_t tails[] = {0, 5, 3, 1};
  if (!way) {
    copy(a, in, 16);
    return in + 16;
  }
  for (int i = 0; i < 16; i++) a[i] = 0;
  a[0] = 0xff;
  a[1] = way == 3 ? 2 : *in++;
  copy(a + 16 - tails[way], in, tails[way]);
  return in + tails[way];
}

static int decompress(Header *h, const uint8_t *from_link, const uint8_t *to_link) {
  const uint8_t *in = frame + 2;
  int first = frame[0], second = frame[1], way = first >> 3 & 3;
  h->traffic = 0;
  h->flow = 0;
  if (way == 0 || way == 2) {
    h->traffic = (uint8_t)(*in << 2 | *in >> 6);
    in++;
  }
  if (way < 2) {
    if (way == 1) h->traffic = *in >> 6;
    h->flow = (uint32_t)(in[0] & 15) << 16 | (uint32_t)in[1] << 8 | in[2];
    in += 3;
  }
  h->next = first & 4 ? 17 : *in++;
  h->hops = first & 3 ? hop_limits[first & 3] : *in++;
  in = get_address(in, h->from, second >> 4 & 7, from_link);
  in = second & 8 ? get_group(in, h->to, second & 3) : get_address(in, h->to, second & 7, to_link);
  h->from_port = h->to_port = h->sum = 0;
  if (h->next != 17) return (int)(in - frame);
  int kind = *in++ & 3;
  if (kind == 3) {
    h->from_port = 0xf0b0 | *in >> 4;
    h->to_port = 0xf0b0 | (*in++ & 15);
  } else {
    h->from_port = (uint16_t)(kind == 2 ? 0xf000 : *in++ << 8);
    h->from_port |= *in++;
    h->to_port = (uint16_t)(kind == 1 ? 0xf000 : *in++ << 8);
    h->to_port |= *in++;
  }
  h->sum = (uint16_t)(in[0] << 8 | in[1]);
  return (int)(in + 2 - frame);
}

static uint32_t seed;

static uint32_t next(void) {
  seed = seed * 1664525u + 1013904223u;
  return seed >> 16;
}

static void address(uint8_t *a, const uint8_t *link) {
  uint32_t kind = next();
  for (int i = 0; i < 16; i++) a[i] = (uint8_t)(next() >> 4);
  a[0] &= 0x7f;
  if (kind & 7) copy(a, prefixes[kind >> 3 & 1], 8);
  if (kind & 0x30) expand(a + 8, a + 14);
  if ((kind & 0xc0) == 0xc0) expand(a + 8, link);
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0;
  seed = 6282;
  for (int k = 0; k < n; k++)
    for (int i = 0; i < 4; i++) {
      uint8_t links[4];
      Header meant, read;
      for (int j = 0; j < 4; j++) links[j] = (uint8_t)next();
      uint32_t kind = next();
      meant.traffic = kind & 3 ? 0 : (uint8_t)next();
      if ((kind & 15) == 4) meant.traffic = 2;
      meant.flow = kind & 12 ? 0 : next() & 0xfffff;
      if ((kind & 15) == 4) meant.flow = 0x54321;
      meant.next = kind & 0x70 ? 17 : 58;
      meant.hops = kind & 0x100 ? hop_limits[1 + next() % 3] : (uint8_t)(next() | 2);
      address(meant.from, links);
      address(meant.to, links + 2);
      if (!(kind & 0x600)) {
        int tail = (int)(next() & 7);
        meant.to[0] = 0xff;
        for (int j = tail < 3 ? 2 : 1; j < 16 - tail; j++) meant.to[j] = j == 1 ? 2 : 0;
      }
      meant.from_port = (uint16_t)(kind & 0x1000 ? 0xf0b0 | (next() & 15) : kind & 0x2000 ? 0xf000 | (next() & 255) : next());
      meant.to_port = (uint16_t)(kind & 0x1800 ? 0xf0b0 | (next() & 15) : kind & 0x4000 ? 0xf000 | (next() & 255) : next());
      meant.sum = (uint16_t)next();
      int length = compress(&meant, links, links + 2);
      for (int j = 0; j < length; j++) h = h * 31u + frame[j];
      int same = decompress(&read, links, links + 2) == length && read.traffic == meant.traffic && read.flow == meant.flow && read.next == meant.next &&
                 read.hops == meant.hops && equal(read.from, meant.from, 16) && equal(read.to, meant.to, 16) &&
                 (read.next != 17 || (read.from_port == meant.from_port && read.to_port == meant.to_port && read.sum == meant.sum));
      h = h * 31u + (uint32_t)(length * 2 + same);
    }
  return (int)h;
}

/* What a tag holds: blocks of tag, length and value (lengths of one or three bytes, fillers, an end), in one of them a message of records with flags, short and long lengths and identifiers; addresses whose beginning is a number, texts with a language, a type of media; written, some spoilt, read into one line of text each. -Os. */
#include <stdint.h>

#define LINE 96

static uint8_t tag[400];
static char line[LINE];

static const char *const beginnings[] = {"", "http://www.", "https://www.", "http://", "https://", "tel:", "mailto:"};
static const char *const words[] = {"watch.example/p?", "heart", "+4930123", "belt", "a@b.example", "run", "n/8", "tempo"};

static unsigned put_text(uint8_t *p, const char *t) {
  unsigned n = 0;
  for (; t[n]; n++) p[n] = (uint8_t)t[n];
  return n;
}

/* One record; returns its length. */
static unsigned put_record(uint8_t *p, uint32_t r, int first, int last) {
  uint8_t body[80];
  unsigned size = 0, kind = r >> 28 & 3, at = 0;
  const char *type = kind == 0 ? "U" : kind == 1 ? "T" : kind == 2 ? "image/x" : "X";
  if (kind == 0) body[size++] = (uint8_t)((r >> 20) % 9);
  if (kind == 1) {
    body[size++] = r >> 19 & 1 ? 5 : 2;
    size += put_text(body + size, body[0] == 5 ? "de-AT" : "en");
  }
  for (unsigned i = 0; i < 1 + (r >> 16 & 3); i++) size += put_text(body + size, words[(r >> (3 * i)) & 7]);
  int brief = r >> 27 & 1, named = (r >> 24 & 3) == 3;
  p[at++] = (uint8_t)((first ? 0x80 : 0) | (last ? 0x40 : 0) | (brief ? 0x10 : 0) | (named ? 8 : 0) | (kind == 2 ? 2 : kind == 3 ? 4 : 1));
  unsigned types = 0;
  while (type[types]) types++;
  p[at++] = (uint8_t)types;
  if (!brief) {
    p[at++] = 0;
    p[at++] = 0;
    p[at++] = 0;
  }
  p[at++] = (uint8_t)size;
  if (named) p[at++] = 2;
  at += put_text(p + at, type);
  if (named) at += put_text(p + at, "id");
  for (unsigned i = 0; i < size; i++) p[at++] = body[i];
  return at;
}

static unsigned append(unsigned at, const uint8_t *p, unsigned n) {
  for (unsigned i = 0; i < n && at < LINE - 1; i++) line[at++] = (char)p[i];
  line[at] = 0;
  return at;
}

static int same(const uint8_t *p, unsigned n, const char *t) {
  for (unsigned i = 0; i < n; i++)
    if (!t[i] || (char)p[i] != t[i]) return 0;
  return !t[n];
}

/* The line of one payload, or a code below zero. */
static int show(unsigned form, const uint8_t *type, unsigned types, const uint8_t *body, unsigned size) {
  if (form == 1 && same(type, types, "U")) {
    if (size == 0) return -11;
    if (body[0] >= sizeof beginnings / sizeof *beginnings) return -12;
    const char *b = beginnings[body[0]];
    unsigned n = 0;
    while (b[n]) n++;
    n = append(0, (const uint8_t *)b, n);
    return (int)append(n, body + 1, size - 1);
  }
  if (form == 1 && same(type, types, "T")) {
    unsigned language = size ? body[0] & 63 : 0;
    if (size < 1 + language) return -13;
    unsigned n = append(0, (const uint8_t *)"[", 1);
    n = append(n, body + 1, language);
    n = append(n, (const uint8_t *)"] ", 2);
    return (int)append(n, body + 1 + language, size - 1 - language);
  }
  if (form == 2) return (int)append(append(0, type, types), (const uint8_t *)";", 1);
  return 0;
}

static uint32_t hash_line(uint32_t h, int n) {
  h = h * 31u + (uint32_t)n;
  for (int i = 0; i < n; i++) h = h * 31u + (uint8_t)line[i];
  return h;
}

static uint32_t read_message(const uint8_t *p, const uint8_t *end, uint32_t h) {
  int first = 1;
  while (p < end) {
    unsigned flags = *p++;
    if (!(flags & 0x80) != !first) return h ^ 0x101;
    if (end - p < (flags & 0x10 ? 2 : 5)) return h ^ 0x102;
    unsigned types = *p++, size, named = 0;
    if (flags & 0x10) size = *p++;
    else {
      size = (unsigned)p[0] << 24 | (unsigned)p[1] << 16 | (unsigned)p[2] << 8 | p[3];
      p += 4;
    }
    if (flags & 8) {
      if (p == end) return h ^ 0x103;
      named = *p++;
    }
    if (size > 1000 || (unsigned)(end - p) < types + named + size) return h ^ 0x104;
    h = hash_line(h, show(flags & 7, p, types, p + types + named, size));
    p += types + named + size;
    first = 0;
    if (flags & 0x40) return p == end ? h : h ^ 0x105;
  }
  return h ^ 0x106;
}

static uint32_t read_tag(unsigned limit, uint32_t h) {
  unsigned at = 0;
  while (at < limit) {
    unsigned kind = tag[at++];
    if (kind == 0) continue;
    if (kind == 0xfe) return h;
    if (at >= limit) return h ^ 0x201;
    unsigned length = tag[at++];
    if (length == 0xff) {
      if (limit - at < 2) return h ^ 0x202;
      length = (unsigned)tag[at] << 8 | tag[at + 1];
      at += 2;
    }
    if (length > limit - at) return h ^ 0x203;
    if (kind == 3) h = read_message(tag + at, tag + at + length, h);
    at += length;
  }
  return h ^ 0x204;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 13560;
  for (int k = 0; k < n; k++) {
    for (int q = 0; q < 3; q++) {
      uint8_t message[360];
      s = s * 1664525u + 1013904223u;
      unsigned records = 1 + (s >> 30), length = 0, at = 0;
      for (unsigned i = 0; i < records; i++) {
        s = s * 1664525u + 1013904223u;
        length += put_record(message + length, s, i == 0, i + 1 == records);
      }
      s = s * 1664525u + 1013904223u;
      tag[at++] = 1;
      tag[at++] = 3;
      at += put_text(tag + at, "loc");
      for (unsigned i = 0; i < (s >> 30); i++) tag[at++] = 0;
      tag[at++] = 3;
      if (length >= 255 || s >> 29 & 1) {
        tag[at++] = 0xff;
        tag[at++] = (uint8_t)(length >> 8);
      }
      tag[at++] = (uint8_t)length;
      for (unsigned i = 0; i < length; i++) tag[at++] = message[i];
      if (s >> 28 & 1) tag[at++] = 0xfe;
      s = s * 1664525u + 1013904223u;
      if (s >> 30 == 0) tag[(s >> 8) % at] ^= (uint8_t)(1u << (s >> 26 & 7));
      h = read_tag(at, h * 31u + at);
    }
  }
  return (int)h;
}

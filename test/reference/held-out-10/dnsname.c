/* What a phone's network says a name is: answers of a name server are written with names whose ends point back to where they stood before, some bytes spoilt; then read with care (lengths, pointers only backwards and not for ever), addresses, aliases and texts taken out, letters compared without case. -Os. */
#include <stdint.h>

#define SPACE 256
#define ENDS 16

enum { ADDRESS = 1, ALIAS = 5, TEXT = 16 };

static uint8_t packet[SPACE];
static uint8_t ends[ENDS]; /* where a name or an end of one stands */
static int length, known;

static const char *const hosts[] = {"time", "sync", "push", "Map", "a1", "cdn-7"};
static const char *const domains[] = {"watch.example.org", "example.org", "api.watch.example.org", "net.example.COM"};

static uint8_t lower(uint8_t c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }

static void put16(unsigned v) {
  packet[length++] = (uint8_t)(v >> 8);
  packet[length++] = (uint8_t)v;
}

/* whether the name at a place reads like this text with dots */
static int reads_like(int at, const char *text) {
  for (;;) {
    uint8_t n = packet[at];
    if (n >= 0xc0) {
      at = (n & 0x3f) << 8 | packet[at + 1];
      continue;
    }
    if (n == 0) return *text == 0;
    at++;
    while (n--) {
      if (lower(packet[at++]) != lower((uint8_t)*text)) return 0;
      text++;
    }
    if (*text == '.') text++;
    else if (*text) return 0;
  }
}

static void put_name(const char *text) {
  while (*text) {
    for (int i = 0; i < known; i++)
      if (reads_like(ends[i], text)) {
        put16(0xc000u | ends[i]);
        return;
      }
    if (known < ENDS) ends[known++] = (uint8_t)length;
    int size = length++;
    while (*text && *text != '.') packet[length++] = (uint8_t)*text++;
    packet[size] = (uint8_t)(length - size - 1);
    if (*text) text++;
  }
  packet[length++] = 0;
}

static void join(char *to, const char *a, const char *b) {
  while (*a) *to++ = *a++;
  *to++ = '.';
  while ((*to++ = *b++)) {}
}

static void write(uint32_t s) {
  char name[40], other[40];
  int answers = 2 + (int)(s >> 30);
  length = known = 0;
  put16(s & 0xffff);
  put16(0x8180);
  put16(1);
  put16((unsigned)answers);
  put16(0);
  put16(0);
  join(name, hosts[(s >> 26) % 6], domains[s >> 24 & 3]);
  put_name(name);
  put16(ADDRESS);
  put16(1);
  for (int i = 0; i < answers; i++) {
    s = s * 1664525u + 1013904223u;
    int kind = s >> 31 ? ADDRESS : s >> 30 & 1 ? ALIAS : TEXT;
    put_name(name);
    put16((unsigned)kind);
    put16(1);
    put16(0);
    put16(s >> 8 & 0xfff);
    int at = length;
    length += 2;
    if (kind == ADDRESS) {
      put16(s >> 16);
      put16(s & 0xffff);
    } else if (kind == ALIAS) {
      join(other, hosts[(s >> 20 & 63) % 6], domains[s >> 16 & 3]);
      put_name(other);
      for (int j = 0; j == 0 || other[j - 1]; j++) name[j] = other[j];
    } else {
      int n = (int)(s >> 12 & 7);
      packet[length++] = (uint8_t)n;
      while (n--) packet[length++] = (uint8_t)('a' + n);
    }
    packet[at] = 0;
    packet[at + 1] = (uint8_t)(length - at - 2);
  }
}

static char shown[64];

/* the place behind a name, or -1 */
static int get_name(int at, int end) {
  int behind = -1, limit = at, n = 0;
  for (;;) {
    if (at >= end) return -1;
    uint8_t size = packet[at++];
    if (size >= 0xc0) {
      if (at >= end) return -1;
      int to = (size & 0x3f) << 8 | packet[at++];
      if (behind < 0) behind = at;
      if (to >= limit) return -1;
      limit = at = to;
    } else if (size > 63) return -1;
    else if (size == 0) break;
    else {
      if (at + size > end || n + size + 1 >= (int)sizeof shown) return -1;
      if (n) shown[n++] = '.';
      while (size--) shown[n++] = (char)lower(packet[at++]);
    }
  }
  shown[n] = 0;
  return behind < 0 ? at : behind;
}

static unsigned get16(int at) { return (unsigned)packet[at] << 8 | packet[at + 1]; }

static uint32_t text_sum(uint32_t h) {
  for (const char *p = shown; *p; p++) h = h * 31u + (uint8_t)*p;
  return h;
}

static int read(uint32_t *sum) {
  uint32_t h = *sum;
  if (length < 12 || !(packet[2] & 0x80)) return -1;
  int at = 12, taken = 0;
  for (unsigned q = get16(4); q; q--) {
    at = get_name(at, length);
    if (at < 0 || at + 4 > length) return -2;
    at += 4;
  }
  for (unsigned a = get16(6); a; a--) {
    at = get_name(at, length);
    if (at < 0 || at + 10 > length) return -3;
    h = text_sum(h);
    unsigned kind = get16(at), kept = get16(at + 6), size = get16(at + 8);
    at += 10;
    int next = at + (int)size;
    if (next > length) return -4;
    switch (kind) {
      case ADDRESS:
        if (size != 4) return -5;
        h = h * 31u + (get16(at) << 16 | get16(at + 2));
        break;
      case ALIAS:
        if (get_name(at, next) != next) return -6;
        h = text_sum(h);
        break;
      case TEXT:
        while (at < next) {
          int n = packet[at++];
          if (at + n > next) return -7;
          while (n--) h = h * 31u + packet[at++];
        }
        break;
      default:
        h ^= kind;
    }
    h = h * 31u + kept;
    taken++;
    at = next;
    *sum = h;
  }
  return taken;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 5353, h = 0;
  for (int k = 0; k < n; k++) {
    for (int q = 0; q < 2; q++) {
      s = s * 1664525u + 1013904223u;
      write(s);
      for (int i = 0; i < length; i++) h = h * 31u + packet[i];
      s = s * 1664525u + 1013904223u;
      if (s >> 30 == 0) packet[2 + (s >> 16 & 0xff) % (unsigned)(length - 2)] ^= (uint8_t)(1u << (s >> 10 & 7));
      if (s >> 29 == 3) length -= (int)(s >> 8 & 15);
      int taken = read(&h);
      h = h * 31u + (uint32_t)taken;
    }
  }
  return (int)h;
}

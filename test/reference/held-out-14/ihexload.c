/* A new program over a cable, as Intel HEX: letter by letter through a machine that knows where in a record it is, kinds 0 to 5 with base addresses, sums, lengths that must fit; bytes go into pages of 64 that are written when another page begins; faults (a letter that is none, a wrong sum, too long a record) are counted and the record is asked for again. -Os. */
#include <stdint.h>

enum State { COLON, COUNT, HIGH, LOW, KIND, DATA, SUM };

typedef struct {
  enum State state;
  uint8_t nibble, half, count, kind, sum, at, ended;
  uint16_t address;
  uint32_t base, start;
  uint8_t data[32];
  uint32_t page_address;
  int page_used;
  uint8_t page[64];
  uint32_t check;
  int pages, bytes, faults;
} Loader;

static char text[600];
static Loader loader;

static void write_page(Loader *l) {
  if (!l->page_used) return;
  uint32_t c = l->check ^ l->page_address;
  for (int i = 0; i < 64; i++) {
    c = (c << 5 | c >> 27) + l->page[i];
    l->page[i] = 0xff;
  }
  l->check = c;
  l->page_used = 0;
  l->pages++;
}

static void put_byte(Loader *l, uint32_t address, uint8_t v) {
  if ((address & ~63u) != l->page_address) {
    write_page(l);
    l->page_address = address & ~63u;
  }
  l->page[address & 63] = v;
  l->page_used++;
  l->bytes++;
}

static int record(Loader *l) {
  uint32_t two = (uint32_t)l->data[0] << 8 | l->data[1];
  switch (l->kind) {
    case 0:
      for (int i = 0; i < l->count; i++) put_byte(l, l->base + (uint16_t)(l->address + i), l->data[i]);
      return 1;
    case 1:
      write_page(l);
      l->ended = 1;
      return l->count == 0;
    case 2:
      l->base = two << 4;
      return l->count == 2;
    case 4:
      l->base = two << 16;
      return l->count == 2;
    case 3:
    case 5:
      l->start = two << 16 | (uint32_t)l->data[2] << 8 | l->data[3];
      return l->count == 4;
    default: return 0;
  }
}

static int fault(Loader *l) {
  l->faults++;
  l->state = COLON;
  return -1;
}

/* 1 at the end of a good record, -1 at a fault. */
static int letter(Loader *l, char c) {
  int v;
  if (c == ':') {
    int lost = l->state != COLON;
    l->state = COUNT;
    l->half = l->sum = l->at = 0;
    if (lost) l->faults++;
    return 0;
  }
  if (l->state == COLON) return 0;
  if (c >= '0' && c <= '9') v = c - '0';
  else if (c >= 'A' && c <= 'F') v = c - 'A' + 10;
  else if (c >= 'a' && c <= 'f') v = c - 'a' + 10;
  else return fault(l);
  l->half ^= 1;
  if (l->half) {
    l->nibble = (uint8_t)v;
    return 0;
  }
  uint8_t byte = (uint8_t)(l->nibble << 4 | v);
  l->sum = (uint8_t)(l->sum + byte);
  switch (l->state) {
    case COUNT:
      if (byte > sizeof l->data) return fault(l);
      l->count = byte;
      l->state = HIGH;
      break;
    case HIGH:
      l->address = (uint16_t)(byte << 8);
      l->state = LOW;
      break;
    case LOW:
      l->address |= byte;
      l->state = KIND;
      break;
    case KIND:
      l->kind = byte;
      l->state = l->count ? DATA : SUM;
      break;
    case DATA:
      l->data[l->at++] = byte;
      if (l->at == l->count) l->state = SUM;
      break;
    case SUM:
      l->state = COLON;
      if (l->sum || !record(l)) return fault(l);
      return 1;
    case COLON: break;
  }
  return 0;
}

static uint32_t seed;

static uint32_t next(void) {
  seed = seed * 1664525u + 1013904223u;
  return seed >> 16;
}

static char *hex(char *to, uint32_t v, uint8_t *sum, int small) {
  const char *digits = small ? "0123456789abcdef" : "0123456789ABCDEF";
  *to++ = digits[v >> 4 & 15];
  *to++ = digits[v & 15];
  *sum = (uint8_t)(*sum + v);
  return to;
}

static char *make(char *to, int kind, int count, uint32_t address) {
  uint8_t sum = 0;
  int small = (int)(next() & 1);
  *to++ = ':';
  to = hex(to, (uint32_t)count, &sum, small);
  to = hex(to, address >> 8, &sum, small);
  to = hex(to, address, &sum, small);
  to = hex(to, (uint32_t)kind, &sum, small);
  for (int i = 0; i < count; i++) to = hex(to, kind == 4 && !i ? 0 : next(), &sum, small);
  to = hex(to, (uint32_t)-sum, &sum, small);
  *to++ = '\r';
  *to++ = '\n';
  return to;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0;
  seed = 1973;
  for (int k = 0; k < n; k++) {
    char *end = text;
    uint32_t address = next() & 0xfff;
    for (int i = 0; i < 6; i++) {
      if (i == 0 || (i == 3 && next() & 1)) end = make(end, next() & 1 ? 4 : 2, 2, 0);
      int count = 4 + (int)(next() & 15);
      end = make(end, 0, count, address);
      address += (uint32_t)count + (next() & 3 ? 0 : 40);
    }
    end = make(end, next() & 1 ? 5 : 3, 4, 0);
    end = make(end, 1, 0, 0);
    uint32_t hurt = next();
    if (hurt & 1) text[20 + hurt % 150] ^= (char)(1 << (hurt >> 12));
    uint8_t *clear = (uint8_t *)&loader;
    for (unsigned i = 0; i < sizeof loader; i++) clear[i] = 0;
    for (int i = 0; i < 64; i++) loader.page[i] = 0xff;
    int good = 0, from = 0;
    for (char *p = text; p < end && !loader.ended; p++) {
      int r = letter(&loader, *p);
      good += r == 1;
      if (r < 0) from = (int)(p - text);
    }
    h = h * 31u + loader.check;
    h = h * 31u + loader.start + loader.base;
    h = h * 31u + (uint32_t)(loader.pages * 4096 + loader.bytes * 16 + loader.faults + good * 65536 + from);
  }
  return (int)h;
}

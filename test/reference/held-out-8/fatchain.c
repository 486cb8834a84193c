/* Files on a small card: entries of twelve bits in a table of clusters, names of eight and three letters in records of 16 bytes; files are made, lengthened, read from the middle along their chain and deleted; free clusters are sought from where the last was found. -O2. */
#include <stdint.h>

#define CLUSTERS 40
#define BYTES 16
#define FILES 8
#define FULL 0xfffu

typedef struct {
  char name[11];
  uint8_t used;
  uint16_t first, size;
} Entry;

static uint8_t table[CLUSTERS * 3 / 2 + 2], data[CLUSTERS][BYTES];
static Entry directory[FILES];
static unsigned hint;

static unsigned get(unsigned i) {
  const uint8_t *p = table + i + (i >> 1);
  unsigned v = p[0] | (unsigned)p[1] << 8;
  return i & 1 ? v >> 4 : v & FULL;
}

static void put(unsigned i, unsigned v) {
  uint8_t *p = table + i + (i >> 1);
  if (i & 1) {
    p[0] = (uint8_t)((p[0] & 15) | v << 4);
    p[1] = (uint8_t)(v >> 4);
  } else {
    p[0] = (uint8_t)v;
    p[1] = (uint8_t)((p[1] & 0xf0) | v >> 8);
  }
}

static unsigned allocate(void) {
  for (unsigned tries = 2; tries < CLUSTERS; tries++) {
    hint = hint + 1 < CLUSTERS ? hint + 1 : 2;
    if (get(hint) == 0) {
      put(hint, FULL);
      return hint;
    }
  }
  return 0;
}

/* "log7.txt" as eight and three letters, capitals, blanks behind. */
static int shape(const char *text, char name[11]) {
  int at = 0, end = 8;
  for (int i = 0; i < 11; i++) name[i] = ' ';
  for (; *text; text++) {
    char c = *text;
    if (c == '.') {
      if (end == 11) return 0;
      at = 8;
      end = 11;
      continue;
    }
    if (at == end) return 0;
    if (c >= 'a' && c <= 'z') c = (char)(c - 32);
    name[at++] = c;
  }
  return name[0] != ' ';
}

static Entry *find(const char name[11]) {
  for (int f = 0; f < FILES; f++) {
    int i = 0;
    if (!directory[f].used) continue;
    while (i < 11 && directory[f].name[i] == name[i]) i++;
    if (i == 11) return &directory[f];
  }
  return 0;
}

static Entry *create(const char *text) {
  char name[11];
  if (!shape(text, name)) return 0;
  Entry *e = find(name);
  if (e) return e;
  for (int f = 0; f < FILES; f++) {
    e = &directory[f];
    if (e->used) continue;
    for (int i = 0; i < 11; i++) e->name[i] = name[i];
    e->used = 1;
    e->first = 0;
    e->size = 0;
    return e;
  }
  return 0;
}

static unsigned append(Entry *e, unsigned count, uint32_t seed) {
  unsigned at = e->first, written = 0;
  if (at)
    while (get(at) != FULL) at = get(at);
  while (written < count) {
    unsigned offset = e->size % BYTES;
    if (offset == 0) {
      unsigned fresh = allocate();
      if (!fresh) break;
      if (at) put(at, fresh);
      else e->first = (uint16_t)fresh;
      at = fresh;
    }
    data[at][offset] = (uint8_t)(seed >> (written & 15));
    e->size++;
    written++;
  }
  return written;
}

static uint32_t fetch(const Entry *e, unsigned from, unsigned count) {
  uint32_t h = 0;
  unsigned at = e->first;
  for (unsigned skip = from / BYTES; skip && at && at != FULL; skip--) at = get(at);
  for (unsigned i = from; i < from + count && i < e->size; i++) {
    h = h * 31u + data[at][i % BYTES];
    if (i % BYTES == BYTES - 1) at = get(at);
  }
  return h;
}

static unsigned delete(Entry *e) {
  unsigned at = e->first, freed = 0;
  e->used = 0;
  while (at && at != FULL) {
    unsigned next = get(at);
    put(at, 0);
    at = next;
    freed++;
  }
  return freed;
}

__attribute__((export_name("run"))) int run(int n) {
  static const char *const names[] = {"log0.txt", "log1.txt", "key.bin", "Profile.dat", "nights", "walk.gpx", "toolongname.x", "a.b.c", "pulse.raw", "x"};
  uint32_t h = 0, s = 27;
  for (unsigned i = 0; i < sizeof table; i++) table[i] = 0;
  for (int f = 0; f < FILES; f++) directory[f].used = 0;
  hint = 1;
  for (int k = 0; k < n; k++) {
    for (int q = 0; q < 24; q++) {
      s = s * 1664525u + 1013904223u;
      const char *text = names[(s >> 8) % 10];
      char name[11];
      if (s >> 30) {
        Entry *e = create(text);
        h = h * 31u + (e ? append(e, 1 + (s >> 20) % 40, s) : 99u);
        continue;
      }
      Entry *e = shape(text, name) ? find(name) : 0;
      if (!e) continue;
      if (s >> 29 & 1) h = h * 31u + fetch(e, (s >> 16) % 50, 30);
      else h = h * 31u + delete(e);
    }
    unsigned spare = 0, broken = 0;
    for (unsigned i = 2; i < CLUSTERS; i++) {
      unsigned v = get(i);
      spare += v == 0;
      broken += v && v != FULL && v != i + 1;
    }
    h = h * 31u + (spare << 8 | broken);
    for (int f = 0; f < FILES; f++)
      if (directory[f].used) h = h * 31u + directory[f].size + (uint32_t)(uint8_t)directory[f].name[f];
  }
  return (int)h;
}

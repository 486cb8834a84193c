/* Records of a day by their time, mostly in order already: runs that rise or fall are found and made eight long by insertion, kept on a stack whose lengths are held in balance, merged with the shorter one set aside and by galloping where one side wins often; 72 records of a key and a place, the order of equal keys is kept. -O1. */
#include <stdint.h>

#define COUNT 72
#define RUN 8
#define OFTEN 4

typedef struct {
  uint16_t key, place;
} Record;

static Record records[COUNT], aside[COUNT / 2];
static struct {
  int at, length;
} runs[12];
static int stacked, gallops;

static void turn(int from, int to) {
  while (from < --to) {
    Record r = records[from];
    records[from++] = records[to];
    records[to] = r;
  }
}

static int run_at(int from) {
  int to = from + 1;
  if (to == COUNT) return 1;
  if (records[to++].key < records[from].key) {
    while (to < COUNT && records[to].key < records[to - 1].key) to++;
    turn(from, to);
  } else {
    while (to < COUNT && records[to].key >= records[to - 1].key) to++;
  }
  return to - from;
}

static void insert(int from, int sorted, int to) {
  for (int i = sorted; i < to; i++) {
    Record r = records[i];
    int low = from, high = i;
    while (low < high) {
      int middle = (low + high) >> 1;
      if (r.key < records[middle].key) high = middle;
      else low = middle + 1;
    }
    for (int j = i; j > low; j--) records[j] = records[j - 1];
    records[low] = r;
  }
}

/* How many of count records stand before a key; equal ones too if asked. */
static int gallop(const Record *p, int count, uint16_t key, int equal) {
  int low = 0, step = 1;
  gallops++;
  while (low + step <= count && (equal ? p[low + step - 1].key <= key : p[low + step - 1].key < key)) {
    low += step;
    step <<= 1;
  }
  int high = low + step - 1 < count ? low + step - 1 : count;
  while (low < high) {
    int middle = (low + high) >> 1;
    if (equal ? p[middle].key <= key : p[middle].key < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

static void merge_low(Record *a, int of_a, Record *b, int of_b) {
  Record *to = a;
  const Record *from = aside;
  for (int i = 0; i < of_a; i++) aside[i] = a[i];
  int won_a = 0, won_b = 0;
  while (of_a && of_b) {
    if (b->key < from->key) {
      *to++ = *b++;
      of_b--;
      won_b++;
      won_a = 0;
    } else {
      *to++ = *from++;
      of_a--;
      won_a++;
      won_b = 0;
    }
    if (won_a >= OFTEN && of_a && of_b) {
      int some = gallop(from, of_a, b->key, 1);
      of_a -= some;
      while (some--) *to++ = *from++;
      won_a = 0;
    } else if (won_b >= OFTEN && of_a && of_b) {
      int some = gallop(b, of_b, from->key, 0);
      of_b -= some;
      while (some--) *to++ = *b++;
      won_b = 0;
    }
  }
  while (of_a--) *to++ = *from++;
}

static void merge_high(Record *a, int of_a, Record *b, int of_b) {
  Record *to = b + of_b;
  for (int i = 0; i < of_b; i++) aside[i] = b[i];
  while (of_a && of_b) {
    if (aside[of_b - 1].key < a[of_a - 1].key) *--to = a[--of_a];
    else *--to = aside[--of_b];
  }
  while (of_b) *--to = aside[--of_b];
}

static void merge(int i) {
  Record *a = records + runs[i].at, *b = records + runs[i + 1].at;
  int of_a = runs[i].length, of_b = runs[i + 1].length;
  runs[i].length += of_b;
  for (int j = i + 1; j + 1 < stacked; j++) runs[j] = runs[j + 1];
  stacked--;
  int first = gallop(a, of_a, b->key, 1); /* these stay */
  a += first;
  of_a -= first;
  if (!of_a) return;
  of_b = gallop(b, of_b, a[of_a - 1].key, 0);
  if (of_a <= of_b) merge_low(a, of_a, b, of_b);
  else merge_high(a, of_a, b, of_b);
}

static void sort(void) {
  stacked = 0;
  for (int at = 0; at < COUNT;) {
    int length = run_at(at);
    if (length < RUN) {
      int to = at + RUN < COUNT ? at + RUN : COUNT;
      insert(at, at + length, to);
      length = to - at;
    }
    runs[stacked].at = at;
    runs[stacked++].length = length;
    at += length;
    while (stacked > 1) {
      int i = stacked - 2;
      if (i > 0 && runs[i - 1].length <= runs[i].length + runs[i + 1].length) {
        if (runs[i - 1].length < runs[i + 1].length) i--;
      } else if (runs[i].length > runs[i + 1].length) {
        break;
      }
      merge(i);
    }
  }
  while (stacked > 1) {
    int i = stacked - 2;
    if (i > 0 && runs[i - 1].length < runs[i + 1].length) i--;
    merge(i);
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 2002, h = 0;
  gallops = 0;
  for (int k = 0; k < n; k++) {
    uint32_t time = 0;
    for (int i = 0; i < COUNT; i++) {
      s = s * 1664525u + 1013904223u;
      uint32_t what = s >> 27;
      if (what == 0) time = s >> 12 & 1023;
      else if (what < 4) time -= what * 9;
      else time += what >> 1;
      records[i].key = (uint16_t)(time & 2047);
      records[i].place = (uint16_t)i;
    }
    sort();
    for (int i = 0; i < COUNT; i++) h = h * 31u + records[i].key * 128u + records[i].place;
  }
  return (int)(h + (uint32_t)(gallops > 0));
}

/* Settings as JSON: a parser that goes down by itself, keys by a switch on length and letter, numbers with decimals to Q8. -Os. */
#include <stdint.h>

static const char text[] =
    "{ \"rate\": 25, \"gain\": -3.75, \"axes\": [ \"x\", \"y\", \"z\" ], \"lock\": true,\n"
    "  \"limits\": { \"low\": 0.5, \"high\": 118.25, \"list\": [1,2,3,5,8,13,21] }, \"name\": \"wrist \\\"7\\\"\", \"off\": null }";

static const char *p;
static int32_t rate, gain, low, high, sum, strings, depth, deepest;

static void blank(void) {
  while (*p == ' ' || *p == '\n' || *p == '\t') p++;
}

static int32_t number(void) {
  int32_t v = 0, negative = 0;
  if (*p == '-') negative = 1, p++;
  while (*p >= '0' && *p <= '9') v = v * 10 + (*p++ - '0');
  v <<= 8;
  if (*p == '.') {
    int32_t part = 0, unit = 1;
    for (p++; *p >= '0' && *p <= '9'; p++) part = part * 10 + (*p - '0'), unit *= 10;
    v += (part << 8) / unit;
  }
  return negative ? -v : v;
}

static uint32_t string(void) {
  uint32_t h = 5381, length = 0;
  for (p++; *p && *p != '"'; p++, length++) {
    if (*p == '\\') p++;
    h = h * 33 ^ (uint8_t)*p;
  }
  if (*p) p++;
  strings++;
  return (h & 0xffffff) | length << 24;
}

static __attribute__((noinline)) int value(uint32_t key) {
  if (++depth > deepest) deepest = depth;
  int ok = 1;
  blank();
  if (*p == '{' || *p == '[') {
    char close = *p == '{' ? '}' : ']';
    p++;
    blank();
    while (ok && *p != close) {
      uint32_t inner = key;
      if (close == '}') {
        blank();
        if (*p != '"') ok = 0;
        inner = string();
        blank();
        if (*p++ != ':') ok = 0;
      }
      ok = ok && value(inner);
      blank();
      if (*p == ',') p++;
      else if (*p != close) ok = 0;
      blank();
    }
    p++;
  } else if (*p == '"') {
    sum += (int32_t)string();
  } else if (*p == '-' || (*p >= '0' && *p <= '9')) {
    int32_t v = number();
    switch (key >> 24) {
      case 3: low = v; break;
      case 4:
        if (v < 0) gain = v;
        else if (rate == 0) rate = v;
        else if (v > rate) high = v;
        else sum += v;
        break;
      default: sum += v;
    }
  } else if (*p == 't') p += 4, sum++;
  else if (*p == 'n') p += 4;
  else ok = 0;
  depth--;
  return ok;
}

__attribute__((export_name("run"))) int run(int n) {
  int r = 0;
  for (int k = 0; k < n; k++) {
    p = text;
    rate = gain = low = high = strings = depth = deepest = 0;
    sum = k;
    int ok = value(0);
    r = r * 31 + ok + rate + gain * 3 + low + high * 5 + sum + strings * 1000 + deepest;
  }
  return r;
}

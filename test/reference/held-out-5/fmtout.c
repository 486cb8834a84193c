/* What is shown and logged: a small printf (width, zeros, left, signs, hexadecimal, text, one letter, fixed point), by a union of arguments. -Os. */
#include <stdint.h>

typedef union {
  int32_t number;
  const char *text;
} argument;

struct sink {
  char *at, *end;
  unsigned lost;
};

static char line[96];

static void letter(struct sink *s, char c) {
  if (s->at < s->end) *s->at++ = c;
  else s->lost++;
}

static void pad(struct sink *s, char with, int count) {
  while (count-- > 0) letter(s, with);
}

static char *digits(char *end, uint32_t v, unsigned base) {
  do {
    unsigned d = v % base;
    *--end = (char)(d < 10 ? '0' + d : 'a' + d - 10);
    v /= base;
  } while (v);
  return end;
}

static __attribute__((noinline)) void print(struct sink *s, const char *format, const argument *args) {
  char buffer[16];
  for (char c; (c = *format++);) {
    if (c != '%') {
      letter(s, c);
      continue;
    }
    int width = 0, left = 0, zero = 0, places = 0;
    for (;; format++) {
      if (*format == '-') left = 1;
      else if (*format == '0') zero = 1;
      else break;
    }
    while (*format >= '0' && *format <= '9') width = width * 10 + *format++ - '0';
    if (*format == '.')
      while (*++format >= '0' && *format <= '9') places = places * 10 + *format - '0';
    const char *from = buffer;
    char *end = buffer + sizeof buffer, *p;
    int count = 0;
    char sign = 0;
    switch (*format++) {
      case 's':
        from = (args++)->text;
        while (from[count]) count++;
        zero = 0;
        break;
      case 'c':
        buffer[0] = (char)(args++)->number;
        count = 1;
        break;
      case 'x':
        from = digits(end, (uint32_t)(args++)->number, 16);
        count = (int)(end - from);
        break;
      case 'd': {
        int32_t v = (args++)->number;
        uint32_t u = v < 0 ? 0u - (uint32_t)v : (uint32_t)v;
        if (v < 0) sign = '-';
        if (places) {
          uint32_t unit = 1;
          for (int i = 0; i < places; i++) unit *= 10;
          p = digits(end, u % unit + unit, 10);
          *p = '.';
          from = digits(p, u / unit, 10);
        } else
          from = digits(end, u, 10);
        count = (int)(end - from);
        break;
      }
      default:
        letter(s, '%');
        continue;
    }
    width -= count + (sign != 0);
    if (!left && !zero) pad(s, ' ', width);
    if (sign) letter(s, sign);
    if (!left && zero) pad(s, '0', width);
    while (count--) letter(s, *from++);
    if (left) pad(s, ' ', width);
  }
}

__attribute__((export_name("run"))) int run(int n) {
  static const char *const days[] = {"Mon", "Tuesday", "We", "Thu", "Fri", "Sat", "Sun"};
  uint32_t h = 2166136261u;
  for (int k = 0; k < n; k++) {
    struct sink s = {line, line + sizeof line, 0};
    argument clock[] = {{.text = days[k % 7]}, {.number = k % 24}, {.number = k * 7 % 60}, {.number = -k * 13}};
    print(&s, "%-4s%02d:%02d %d|", clock);
    argument values[] = {{.number = 3651 + k}, {.number = -412}, {.number = (int32_t)(0xbeef0000u + (uint32_t)k)}, {.number = 'z'}};
    print(&s, "%6.2d C %08.3d g %x %c%%\n", values);
    argument steps[] = {{.number = 123456 * (k + 1)}, {.text = "steps"}};
    print(&s, "%12d %s too long for what is left of this line, so some of it is lost", steps);
    for (const char *p = line; p < s.at; p++) h = (h ^ (uint8_t)*p) * 16777619u;
    h += s.lost;
  }
  return (int)h;
}

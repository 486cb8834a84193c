/* Short messages as a modem takes them: the sender's number with its digits swapped in pairs, a time in swapped digits, text of seven bits a letter (some letters by an escape), eight letters in seven bytes; written as hexadecimal text, read back, signs that a watch cannot show replaced. -Os. */
#include <stdint.h>

static const char escaped[][2] = {{'^', 0x14}, {'{', 0x28}, {'}', 0x29}, {'\\', 0x2f}, {'[', 0x3c}, {'~', 0x3d}, {']', 0x3e}, {'|', 0x40}};

typedef struct {
  char number[16];
  char text[64];
  uint8_t time[7]; /* year, month, day, hour, minute, second, quarters of an hour */
} Message;

static uint8_t pdu[128];
static char line[260];

static int to_septets(uint8_t *out, const char *text) {
  int n = 0;
  for (; *text; text++) {
    char c = *text;
    uint8_t code = 0;
    for (unsigned i = 0; i < sizeof escaped / sizeof *escaped; i++)
      if (escaped[i][0] == c) code = (uint8_t)escaped[i][1];
    if (code) {
      out[n++] = 27;
      out[n++] = code;
    } else if (c == '@') out[n++] = 0;
    else if (c == '$') out[n++] = 2;
    else if (c == '_') out[n++] = 17;
    else if (c == '`') out[n++] = '?';
    else out[n++] = (uint8_t)c;
  }
  return n;
}

static int from_septets(char *out, const uint8_t *in, int n) {
  int m = 0;
  for (int k = 0; k < n; k++) {
    uint8_t c = in[k];
    switch (c) {
      case 0: out[m++] = '@'; break;
      case 2: out[m++] = '$'; break;
      case 17: out[m++] = '_'; break;
      case 27: {
        char shown = ' ';
        if (++k == n) break;
        for (unsigned i = 0; i < sizeof escaped / sizeof *escaped; i++)
          if ((uint8_t)escaped[i][1] == in[k]) shown = escaped[i][0];
        out[m++] = shown;
        break;
      }
      default: out[m++] = c < 32 || c == 127 ? '.' : (char)c;
    }
  }
  out[m] = 0;
  return m;
}

static int pack(uint8_t *out, const uint8_t *septets, int n) {
  uint32_t bits = 0;
  int held = 0, m = 0;
  for (int i = 0; i < n; i++) {
    bits |= (uint32_t)septets[i] << held;
    held += 7;
    if (held >= 8) {
      out[m++] = (uint8_t)bits;
      bits >>= 8;
      held -= 8;
    }
  }
  if (held) out[m++] = (uint8_t)bits;
  return m;
}

static void unpack(uint8_t *septets, const uint8_t *in, int n) {
  for (int i = 0; i < n; i++) {
    int at = i * 7 >> 3, shift = i * 7 & 7;
    septets[i] = (uint8_t)((in[at] | in[at + 1] << 8) >> shift & 127);
  }
}

static uint8_t swapped(uint8_t v) { return (uint8_t)(v % 10 << 4 | v / 10); }

static int write(const Message *m) {
  uint8_t septets[100], *p = pdu;
  int digits = 0;
  *p++ = 0x04;
  while (m->number[digits]) digits++;
  *p++ = (uint8_t)digits;
  *p++ = 0x91;
  for (int i = 0; i < digits; i += 2) {
    uint8_t high = i + 1 < digits ? (uint8_t)(m->number[i + 1] - '0') : 15;
    *p++ = (uint8_t)(high << 4 | (m->number[i] - '0'));
  }
  *p++ = 0;
  *p++ = 0;
  for (int i = 0; i < 7; i++) *p++ = swapped(m->time[i]);
  int n = to_septets(septets, m->text);
  *p++ = (uint8_t)n;
  p += pack(p, septets, n);
  int bytes = (int)(p - pdu);
  char *o = line;
  for (int i = 0; i < bytes; i++) {
    *o++ = "0123456789ABCDEF"[pdu[i] >> 4];
    *o++ = "0123456789ABCDEF"[pdu[i] & 15];
  }
  *o = 0;
  return bytes;
}

static int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

static int read(Message *m) {
  uint8_t septets[100];
  int bytes = 0;
  for (const char *p = line; *p; p += 2) {
    int high = digit(p[0]), low = digit(p[1]);
    if (high < 0 || low < 0) return -1;
    pdu[bytes++] = (uint8_t)(high << 4 | low);
  }
  const uint8_t *p = pdu;
  if ((*p++ & 3) != 0) return -2;
  int digits = *p++;
  if (digits > 15 || *p++ != 0x91) return -3;
  for (int i = 0; i < digits; i++) m->number[i] = (char)('0' + (i & 1 ? p[i >> 1] >> 4 : p[i >> 1] & 15));
  m->number[digits] = 0;
  p += (digits + 1) >> 1;
  if (p[0] || p[1]) return -4;
  p += 2;
  for (int i = 0; i < 7; i++) {
    m->time[i] = (uint8_t)((*p & 15) * 10 + (*p >> 4));
    p++;
  }
  int n = *p++;
  if (n > 90 || p + ((n * 7 + 7) >> 3) > pdu + bytes) return -5;
  pdu[bytes] = 0;
  unpack(septets, p, n);
  return from_septets(m->text, septets, n);
}

__attribute__((export_name("run"))) int run(int n) {
  Message m, r;
  uint32_t s = 2341, h = 0;
  for (int k = 0; k < n; k++) {
    s = s * 1664525u + 1013904223u;
    int digits = 7 + (int)(s >> 30), letters = 12 + (int)(s >> 20 & 7);
    for (int i = 0; i < digits; i++) {
      s = s * 1664525u + 1013904223u;
      m.number[i] = (char)('0' + (s >> 20) % 10);
    }
    m.number[digits] = 0;
    for (int i = 0; i < 7; i++) {
      s = s * 1664525u + 1013904223u;
      m.time[i] = (uint8_t)((s >> 20) % 60);
    }
    for (int i = 0; i < letters; i++) {
      s = s * 1664525u + 1013904223u;
      m.text[i] = (char)(s >> 29 == 0 ? escaped[s >> 20 & 7][0] : ' ' + (s >> 20) % 95);
    }
    m.text[letters] = 0;
    int bytes = write(&m);
    for (const char *p = line; *p; p++) h = h * 31u + (uint8_t)*p;
    int length = read(&r);
    h = h * 31u + (uint32_t)(bytes * 256 + length);
    for (const char *p = r.number; *p; p++) h = h * 31u + (uint8_t)*p;
    for (int i = 0; i < 7; i++) h = h * 31u + r.time[i];
    for (const char *p = r.text; *p; p++) h = h * 31u + (uint8_t)*p;
  }
  return (int)h;
}

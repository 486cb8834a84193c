/* A signature as text and back: Base64 with padding, the alphabet as ranges when it is read. */
#include <stdint.h>
#include <stddef.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static uint8_t blob[70], again[72];
static char text[100];

static __attribute__((noinline)) size_t encode(const uint8_t *in, size_t n, char *out) {
  char *o = out;
  while (n >= 3) {
    uint32_t v = (uint32_t)in[0] << 16 | in[1] << 8 | in[2];
    *o++ = alphabet[v >> 18];
    *o++ = alphabet[v >> 12 & 63];
    *o++ = alphabet[v >> 6 & 63];
    *o++ = alphabet[v & 63];
    in += 3;
    n -= 3;
  }
  if (n) {
    uint32_t v = (uint32_t)in[0] << 16 | (n == 2 ? in[1] << 8 : 0);
    *o++ = alphabet[v >> 18];
    *o++ = alphabet[v >> 12 & 63];
    *o++ = n == 2 ? alphabet[v >> 6 & 63] : '=';
    *o++ = '=';
  }
  return (size_t)(o - out);
}

static int value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  if (c == '/') return 63;
  return -1;
}

static __attribute__((noinline)) size_t decode(const char *in, size_t n, uint8_t *out) {
  uint8_t *o = out;
  uint32_t bits = 0;
  int have = 0;
  for (size_t i = 0; i < n; i++) {
    int v = value(in[i]);
    if (v < 0) break;
    bits = bits << 6 | (uint32_t)v;
    have += 6;
    if (have >= 8) {
      have -= 8;
      *o++ = (uint8_t)(bits >> have);
    }
  }
  return (size_t)(o - out);
}

__attribute__((export_name("run"))) int run(int n) {
  int r = 0;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 70; i++) blob[i] = (uint8_t)(i * i * 11 + k * 3 + i);
    size_t length = encode(blob, 70, text);
    size_t size = decode(text, length, again);
    r = r * 3 + (int)(length + size);
    for (int i = 0; i < 70; i++) r += again[i] == blob[i] ? text[i] : 10000;
  }
  return r;
}

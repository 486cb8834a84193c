/* Canonical Huffman code, written and read bit by bit: counts and symbols, as small decoders of firmware images have it. */
#include <stdint.h>

static const uint8_t lengths[16] = {2, 3, 3, 4, 4, 4, 5, 5, 6, 6, 6, 7, 7, 7, 8, 8};
static uint16_t count[16], codes[16];
static uint8_t symbol[16];
static uint8_t stream[512], text[160], back[160];

struct bits { uint8_t *at; uint32_t buffer; int left; };

static void build(void) {
  uint16_t offs[16];
  for (int i = 0; i < 16; i++) count[i] = 0;
  for (int i = 0; i < 16; i++) count[lengths[i]]++;
  offs[1] = 0;
  for (int l = 1; l < 15; l++) offs[l + 1] = offs[l] + count[l];
  for (int i = 0; i < 16; i++) symbol[offs[lengths[i]]++] = (uint8_t)i;
  uint16_t code = 0;
  int at = 0;
  for (int l = 1; l < 16; l++) {
    for (int j = 0; j < count[l]; j++) codes[symbol[at++]] = code++;
    code <<= 1;
  }
}

static void put(struct bits *b, int s) {
  for (int i = lengths[s] - 1; i >= 0; i--) {
    b->buffer = b->buffer << 1 | (codes[s] >> i & 1);
    if (++b->left == 8) {
      *b->at++ = (uint8_t)b->buffer;
      b->left = 0;
    }
  }
}

static __attribute__((noinline)) int get(struct bits *b) {
  int code = 0, first = 0, index = 0;
  for (int l = 1; l < 16; l++) {
    if (b->left == 0) {
      b->buffer = *b->at++;
      b->left = 8;
    }
    code |= b->buffer >> --b->left & 1;
    int c = count[l];
    if (code - c < first) return symbol[index + (code - first)];
    index += c;
    first = (first + c) << 1;
    code <<= 1;
  }
  return -1;
}

__attribute__((export_name("run"))) int run(int n) {
  build();
  uint32_t s = 3;
  int r = 0;
  for (int k = 0; k < n; k++) {
    struct bits w = {stream, 0, 0};
    for (int i = 0; i < 160; i++) {
      s = s * 1664525u + 1013904223u;
      uint32_t v = s >> 28, u = s >> 24 & 15;
      text[i] = (uint8_t)(v < u ? v : u);
      put(&w, text[i]);
    }
    put(&w, 15);
    put(&w, 15);
    struct bits g = {stream, 0, 0};
    for (int i = 0; i < 160; i++) {
      back[i] = (uint8_t)get(&g);
      r = r * 7 + back[i];
      if (back[i] != text[i]) r += 1000000;
    }
  }
  return r;
}

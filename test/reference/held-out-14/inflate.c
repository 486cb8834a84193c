/* Texts and faces from a phone, packed by deflate and unpacked into a page of memory that begins with known words: stored blocks, blocks with the fixed codes and with codes of their own; a code is looked up by seven bits at once, longer ones are followed by counts; the known words change from one round to the next. -O2. */
#include <stdint.h>

#define KNOWN 64
#define FAST 7

typedef struct {
  uint16_t fast[1 << FAST]; /* symbol << 4 | length */
  uint16_t count[16], symbol[288];
} Codes;

static const uint8_t fixed_text[] = {
  0x2b, 0x06, 0xe9, 0xb7, 0x30, 0x34, 0x02, 0x6b, 0x33, 0x37, 0x84, 0x6b, 0x34, 0xb1, 0x86, 0xc8, 0x98, 0x98, 0x42, 0x64, 0x8c, 0x91, 0x64, 0x90,
  0x6c, 0x83, 0x98, 0x62, 0xa2, 0x67, 0x94, 0x9d, 0x6b, 0xad, 0x00, 0xd1, 0x61, 0x69, 0x09, 0xd1, 0x61, 0x0a, 0xd7, 0x61, 0x8a, 0x4d, 0x87, 0x25,
  0x48, 0x07, 0x92, 0xbb, 0x74, 0x14, 0x0a, 0x72, 0x52, 0x13, 0x8b, 0x53, 0xa1, 0xee, 0x83, 0x9a, 0x66, 0x69, 0x60, 0x08, 0x31, 0xcd, 0x08, 0xc9,
  0x34, 0x85, 0x8c, 0xd4, 0x9c, 0x9c, 0x7c, 0x05, 0x88, 0xdf, 0x14, 0x01,
};
static const uint8_t own_codes[] = {
  0x8d, 0x8e, 0xd1, 0x8d, 0x43, 0x41, 0x08, 0x03, 0x5b, 0xd9, 0x0a, 0x5e, 0x4f, 0x96, 0x96, 0x08, 0x27, 0x1c, 0xbc, 0xc0, 0xa2, 0xa4, 0xfc, 0xe3,
  0x3a, 0xb8, 0x1f, 0x24, 0x63, 0x69, 0x3c, 0x66, 0x5f, 0x2d, 0x45, 0xfd, 0xa4, 0xb1, 0x5b, 0x4a, 0x10, 0x8f, 0x67, 0x6c, 0x7c, 0x96, 0xc3, 0x33,
  0xdd, 0x6f, 0x18, 0x07, 0xbf, 0x32, 0x10, 0x11, 0xce, 0xdd, 0xcf, 0xa3, 0xf3, 0xe3, 0xb1, 0xfa, 0x23, 0x73, 0xed, 0x0a, 0x43, 0x03, 0xab, 0xce,
  0xbb, 0x9c, 0xd0, 0x7e, 0x55, 0x6b, 0xdb, 0xa6, 0x95, 0xbd, 0xf2, 0x26, 0xb5, 0x69, 0x8e, 0x8f, 0xbf, 0xe1, 0xf7, 0xf9, 0x66, 0x2d, 0x6d, 0xc9,
  0xdd, 0xfb, 0x7e, 0x00, 0x5a, 0x3b, 0x0d, 0xdc, 0x2a, 0xd4, 0x99, 0x4b, 0x47, 0xc6, 0xf9, 0xaf, 0x01, 0x78, 0x2d, 0x04, 0xc6, 0xbc, 0x85, 0xab,
  0xa7, 0x96, 0x60, 0xac, 0x88, 0x4b, 0xba, 0xb9, 0x38, 0x01, 0x9c, 0x2b, 0x31, 0x7a, 0x1d, 0x42, 0x5c, 0x72, 0x0d, 0x66, 0x4a, 0xf9, 0x05,
};

static const uint16_t length_base[] = {3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
static const uint8_t length_bits[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
static const uint16_t way_base[] = {1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
static const uint8_t order[19] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

static Codes letters, ways;
static uint8_t window[512];
static uint8_t stored[16];
static const uint8_t *input, *input_end;
static uint32_t held;
static int held_bits;

static uint32_t bits(int count) {
  while (held_bits < count) {
    held |= (input < input_end ? (uint32_t)*input++ : 0u) << held_bits;
    held_bits += 8;
  }
  uint32_t v = held & ((1u << count) - 1);
  held >>= count;
  held_bits -= count;
  return v;
}

static void build(Codes *c, const uint8_t *lengths, int symbols) {
  uint16_t offset[16], code[16];
  for (int i = 0; i < 16; i++) c->count[i] = 0;
  for (int i = 0; i < 1 << FAST; i++) c->fast[i] = 0;
  for (int i = 0; i < symbols; i++) c->count[lengths[i]]++;
  c->count[0] = 0;
  offset[1] = code[1] = 0;
  for (int i = 1; i < 15; i++) {
    offset[i + 1] = (uint16_t)(offset[i] + c->count[i]);
    code[i + 1] = (uint16_t)((code[i] + c->count[i]) << 1);
  }
  for (int i = 0; i < symbols; i++) {
    int length = lengths[i];
    if (!length) continue;
    c->symbol[offset[length]++] = (uint16_t)i;
    uint32_t v = code[length]++, turned = 0;
    if (length > FAST) continue;
    for (int b = 0; b < length; b++) turned |= (v >> b & 1) << (length - 1 - b);
    for (; turned < 1 << FAST; turned += 1u << length) c->fast[turned] = (uint16_t)(i << 4 | length);
  }
}

static int symbol(const Codes *c) {
  while (held_bits < 15 && input < input_end) {
    held |= (uint32_t)*input++ << held_bits;
    held_bits += 8;
  }
  int entry = c->fast[held & ((1 << FAST) - 1)];
  if (entry) {
    held >>= entry & 15;
    held_bits -= entry & 15;
    return entry >> 4;
  }
  int code = 0, first = 0, index = 0;
  uint32_t rest = held;
  for (int length = 1; length < 16; length++) {
    code |= (int)(rest & 1);
    rest >>= 1;
    int count = c->count[length];
    if (code - count < first) {
      held = rest;
      held_bits -= length;
      return c->symbol[index + code - first];
    }
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  return -1;
}

static int inflate(const uint8_t *from, int size) {
  uint8_t lengths[320];
  int at = KNOWN, last;
  input = from;
  input_end = from + size;
  held = 0;
  held_bits = 0;
  do {
    last = (int)bits(1);
    uint32_t kind = bits(2);
    if (kind == 0) {
      bits(held_bits & 7);
      uint32_t count = bits(16);
      if ((count ^ bits(16)) != 0xffff) return -1;
      while (count--) window[at++] = (uint8_t)bits(8);
      continue;
    }
    if (kind == 1) {
      for (int i = 0; i < 288; i++) lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
      build(&letters, lengths, 288);
      for (int i = 0; i < 30; i++) lengths[i] = 5;
      build(&ways, lengths, 30);
    } else if (kind == 2) {
      int of_letters = (int)bits(5) + 257, of_ways = (int)bits(5) + 1, of_lengths = (int)bits(4) + 4;
      for (int i = 0; i < 19; i++) lengths[i] = 0;
      for (int i = 0; i < of_lengths; i++) lengths[order[i]] = (uint8_t)bits(3);
      build(&letters, lengths, 19);
      for (int i = 0; i < of_letters + of_ways;) {
        int s = symbol(&letters);
        if (s < 0) return -2;
        if (s < 16) {
          lengths[i++] = (uint8_t)s;
          continue;
        }
        uint8_t what = s == 16 ? lengths[i - 1] : 0;
        int times = s == 16 ? 3 + (int)bits(2) : s == 17 ? 3 + (int)bits(3) : 11 + (int)bits(7);
        while (times--) lengths[i++] = what;
      }
      build(&ways, lengths + of_letters, of_ways);
      build(&letters, lengths, of_letters);
    } else {
      return -3;
    }
    for (;;) {
      int s = symbol(&letters);
      if (s < 0) return -4;
      if (s < 256) {
        window[at++] = (uint8_t)s;
        continue;
      }
      if (s == 256) break;
      s -= 257;
      int length = length_base[s] + (int)bits(length_bits[s]);
      int way = symbol(&ways);
      int back = way_base[way] + (int)bits(way < 4 ? 0 : (way >> 1) - 1);
      for (; length; length--, at++) window[at] = window[at - back];
    }
  } while (!last);
  return at - KNOWN;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 1951, h = 0;
  for (int i = 0; i < KNOWN; i++) window[i] = (uint8_t)(32 + i);
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 8; i++) {
      s = s * 1664525u + 1013904223u;
      window[s >> 26] = (uint8_t)(97 + ((s >> 16) & 15));
    }
    for (int i = 0; i < 11; i++) stored[5 + i] = (uint8_t)(s >> i);
    stored[0] = 1;
    stored[1] = 11;
    stored[2] = 0;
    stored[3] = (uint8_t)~11;
    stored[4] = 0xff;
    for (int t = 0; t < 3; t++) {
      int length = t == 0   ? inflate(fixed_text, sizeof fixed_text)
                   : t == 1 ? inflate(own_codes, sizeof own_codes)
                            : inflate(stored, sizeof stored);
      h = h * 31u + (uint32_t)length;
      for (int i = 0; i < length; i++) h = h * 31u + window[KNOWN + i];
    }
  }
  return (int)h;
}

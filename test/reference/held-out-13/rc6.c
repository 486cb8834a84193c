/* Packets of a gateway under RC6: twenty rounds on four words, turns by what the words themselves say (a product modulo 2^32), 44 round keys from sixteen bytes; six blocks by counting up, then one opened the other way round; the key changes with each packet. -O3. */
#include <stdint.h>

#define ROUNDS 20

static uint32_t keys[2 * ROUNDS + 4];
static uint8_t packet[96];

static inline uint32_t left(uint32_t v, uint32_t by) { return v << (by & 31) | v >> (-by & 31); }
static inline uint32_t right(uint32_t v, uint32_t by) { return v >> (by & 31) | v << (-by & 31); }

static uint32_t get(const uint8_t *p) { return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24; }

static void expand(const uint8_t *key) {
  uint32_t words[4], a = 0, b = 0;
  for (int i = 0; i < 4; i++) words[i] = get(key + 4 * i);
  keys[0] = 0xb7e15163u;
  for (int i = 1; i < 2 * ROUNDS + 4; i++) keys[i] = keys[i - 1] + 0x9e3779b9u;
  for (int i = 0, j = 0, s = 0; s < 3 * (2 * ROUNDS + 4); s++) {
    a = keys[i] = left(keys[i] + a + b, 3);
    b = words[j] = left(words[j] + a + b, a + b);
    if (++i == 2 * ROUNDS + 4) i = 0;
    j = (j + 1) & 3;
  }
}

static void seal(uint32_t v[4]) {
  uint32_t a = v[0], b = v[1] + keys[0], c = v[2], d = v[3] + keys[1];
  for (int i = 1; i <= ROUNDS; i++) {
    uint32_t t = left(b * (2 * b + 1), 5), u = left(d * (2 * d + 1), 5);
    uint32_t x = left(a ^ t, u) + keys[2 * i], y = left(c ^ u, t) + keys[2 * i + 1];
    a = b;
    b = y;
    c = d;
    d = x;
  }
  v[0] = a + keys[2 * ROUNDS + 2];
  v[1] = b;
  v[2] = c + keys[2 * ROUNDS + 3];
  v[3] = d;
}

static void open(uint32_t v[4]) {
  uint32_t a = v[0] - keys[2 * ROUNDS + 2], b = v[1], c = v[2] - keys[2 * ROUNDS + 3], d = v[3];
  for (int i = ROUNDS; i >= 1; i--) {
    uint32_t x = d, y = b;
    d = c;
    b = a;
    uint32_t u = left(d * (2 * d + 1), 5), t = left(b * (2 * b + 1), 5);
    c = right(y - keys[2 * i + 1], t) ^ u;
    a = right(x - keys[2 * i], u) ^ t;
  }
  v[0] = a;
  v[1] = b - keys[0];
  v[2] = c;
  v[3] = d - keys[1];
}

__attribute__((export_name("run"))) int run(int n) {
  uint8_t key[16];
  uint32_t s = 1998, h = 0;
  for (int i = 0; i < 16; i++) key[i] = (uint8_t)(i * 17);
  for (int i = 0; i < 96; i++) packet[i] = 0;
  for (int k = 0; k < n; k++) {
    uint32_t block[4];
    expand(key);
    for (int b = 0; b < 6; b++) {
      block[0] = (uint32_t)b;
      block[1] = (uint32_t)k;
      block[2] = block[3] = 0;
      seal(block);
      for (int i = 0; i < 16; i++) {
        s = s * 1664525u + 1013904223u;
        uint8_t *p = &packet[16 * b + i];
        *p = (uint8_t)(*p + (s >> 29)) ^ (uint8_t)(block[i >> 2] >> (8 * (i & 3)));
      }
      h = h * 31u + get(packet + 16 * b + (b & 3) * 4);
    }
    for (int i = 0; i < 4; i++) block[i] = get(packet + 80 + 4 * i);
    open(block);
    for (int i = 0; i < 16; i++) key[i] ^= (uint8_t)(block[i & 3] >> (8 * (i >> 2)));
    h = h * 31u + (block[0] ^ block[1] ^ block[2] ^ block[3]);
  }
  return (int)h;
}

/* Trivium: three registers of 93, 84 and 111 bits as four words each, the newest bit below; 32 steps at once, 36 such turns to mix key and initial value, then eight words over a record; the same again takes it off; initial values count. -O3. */
#include <stdint.h>

typedef struct {
  uint32_t a[4], b[4], c[4];
} State;

/* 32 bits in a row, the first of them was pushed in `age` steps before. */
static inline uint32_t tap(const uint32_t *r, unsigned age) {
  unsigned from = age - 32, word = from >> 5, bit = from & 31;
  return bit ? r[word] >> bit | r[word + 1] << (32 - bit) : r[word];
}

static inline void push(uint32_t *r, uint32_t w) {
  r[3] = r[2];
  r[2] = r[1];
  r[1] = r[0];
  r[0] = w;
}

static uint32_t turn(State *s) {
  uint32_t a = tap(s->a, 66) ^ tap(s->a, 93);
  uint32_t b = tap(s->b, 69) ^ tap(s->b, 84);
  uint32_t c = tap(s->c, 66) ^ tap(s->c, 111);
  uint32_t z = a ^ b ^ c;
  a ^= (tap(s->a, 91) & tap(s->a, 92)) ^ tap(s->b, 78);
  b ^= (tap(s->b, 82) & tap(s->b, 83)) ^ tap(s->c, 87);
  c ^= (tap(s->c, 109) & tap(s->c, 110)) ^ tap(s->a, 69);
  push(s->a, c);
  push(s->b, a);
  push(s->c, b);
  return z;
}

/* Bit i of the ten bytes (from each byte's lowest) is the register's bit i + 1. */
static void fill(uint32_t *r, const uint8_t *bytes) {
  r[0] = r[1] = r[2] = r[3] = 0;
  for (unsigned i = 0; i < 80; i++) r[i >> 5] |= (uint32_t)(bytes[i >> 3] >> (i & 7) & 1) << (i & 31);
}

static void start(State *s, const uint8_t *key, const uint8_t *initial) {
  fill(s->a, key);
  fill(s->b, initial);
  s->c[0] = s->c[1] = s->c[2] = 0;
  s->c[3] = 7u << 12; /* the last three of 111 */
  for (int i = 0; i < 36; i++) turn(s);
}

static void apply(State *s, uint32_t *words, unsigned count) {
  for (unsigned i = 0; i < count; i++) words[i] ^= turn(s);
}

__attribute__((export_name("run"))) int run(int n) {
  static uint8_t key[10], initial[10];
  static uint32_t words[8];
  uint32_t h = 0, s = 288;
  State state;
  for (unsigned i = 0; i < 10; i++) {
    s = s * 1664525u + 1013904223u;
    key[i] = (uint8_t)(s >> 24);
    initial[i] = 0;
  }
  for (int k = 0; k < n; k++) {
    for (unsigned i = 0; i < 8; i++) {
      s = s * 1664525u + 1013904223u;
      words[i] = s >> 12;
    }
    uint32_t plain = words[k & 7];
    start(&state, key, initial);
    apply(&state, words, 8);
    for (unsigned i = 0; i < 8; i++) h = h * 31u + words[i];
    start(&state, key, initial);
    apply(&state, words, 8);
    if (words[k & 7] != plain) h ^= 0xff;
    for (unsigned i = 0; i < 10 && ++initial[i] == 0; i++) {}
    key[k % 10] ^= (uint8_t)h;
  }
  return (int)h;
}

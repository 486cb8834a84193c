/* Reed and Solomon over GF(256): eight bytes of parity by division, then syndromes, the polynomial of Berlekamp and Massey and its roots for two spoiled bytes. */
#include <stdint.h>

#define DATA 40
#define PARITY 8
#define ALL (DATA + PARITY)

static uint8_t power[512], logarithm[256], generator[PARITY + 1];
static uint8_t word[ALL], syndromes[PARITY];

static uint8_t times(uint8_t a, uint8_t b) {
  if (!a || !b) return 0;
  return power[logarithm[a] + logarithm[b]];
}

static void tables(void) {
  unsigned x = 1;
  for (unsigned i = 0; i < 255; i++) {
    power[i] = power[i + 255] = (uint8_t)x;
    logarithm[x] = (uint8_t)i;
    x <<= 1;
    if (x & 0x100) x ^= 0x11d;
  }
  generator[0] = 1;
  for (int i = 1; i <= PARITY; i++) generator[i] = 0;
  for (int i = 0; i < PARITY; i++)
    for (int j = i + 1; j > 0; j--) generator[j] ^= times(generator[j - 1], power[i]);
}

static void encode(void) {
  uint8_t *rest = word + DATA;
  for (int i = 0; i < PARITY; i++) rest[i] = 0;
  for (int i = 0; i < DATA; i++) {
    uint8_t feedback = word[i] ^ rest[0];
    for (int j = 0; j < PARITY - 1; j++) rest[j] = rest[j + 1] ^ times(feedback, generator[j + 1]);
    rest[PARITY - 1] = times(feedback, generator[PARITY]);
  }
}

static int check(void) {
  uint8_t any = 0;
  for (int i = 0; i < PARITY; i++) {
    uint8_t s = 0;
    for (int j = 0; j < ALL; j++) s = times(s, power[i]) ^ word[j];
    syndromes[i] = s;
    any |= s;
  }
  return any;
}

static int locate(uint8_t *where) {
  uint8_t now[PARITY + 1] = {1}, before[PARITY + 1] = {1}, keep[PARITY + 1];
  int errors = 0, since = 1, found = 0;
  uint8_t last = 1;
  for (int n = 0; n < PARITY; n++) {
    uint8_t d = syndromes[n];
    for (int i = 1; i <= errors; i++) d ^= times(now[i], syndromes[n - i]);
    if (!d) {
      since++;
      continue;
    }
    uint8_t ratio = times(d, power[255 - logarithm[last]]);
    for (int i = 0; i <= PARITY; i++) keep[i] = now[i];
    for (int i = since; i <= PARITY; i++) now[i] ^= times(ratio, before[i - since]);
    if (2 * errors <= n) {
      errors = n + 1 - errors;
      for (int i = 0; i <= PARITY; i++) before[i] = keep[i];
      last = d;
      since = 1;
    } else
      since++;
  }
  for (int i = 0; i < ALL; i++) {
    uint8_t v = 0;
    for (int j = errors; j >= 0; j--) v = times(v, power[255 - i]) ^ now[j];
    if (!v) where[found++] = (uint8_t)(ALL - 1 - i);
  }
  return found == errors ? found : -1;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0;
  tables();
  for (int k = 0; k < n; k++) {
    uint8_t where[PARITY] = {0};
    for (int i = 0; i < DATA; i++) word[i] = (uint8_t)(i * i * 3 + k * 17);
    encode();
    h = h * 31 + word[DATA] + (uint32_t)check();
    word[(k * 7 + 3) % ALL] ^= 0x5a;
    word[(k * 11 + 20) % ALL] ^= (uint8_t)(k + 1);
    check();
    h = h * 31 + (uint32_t)locate(where) * 256 + where[0] * 3u + where[1];
  }
  return (int)h;
}

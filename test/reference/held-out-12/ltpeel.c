/* A new firmware by radio to many at once, none of whom answers (a fountain): twelve blocks of sixteen bytes, each packet the exclusive or of one to six blocks that its number tells, a quarter gets lost; the receiver takes what it knows out of each packet, keeps the rest, and whatever comes down to one block is known and taken out of all others. -O2. */
#include <stdint.h>

#define BLOCKS 12
#define WORDS 4
#define KEPT 24

typedef struct {
  uint16_t blocks; /* those still unknown in it */
  uint8_t degree;
  uint32_t data[WORDS];
} Packet;

static uint32_t source[BLOCKS][WORDS], received[BLOCKS][WORDS];
static Packet kept[KEPT];
static int count;
static uint16_t known;

static const uint8_t degrees[16] = {1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 6};

static uint32_t noise(uint32_t *s) {
  *s ^= *s << 13;
  *s ^= *s >> 17;
  *s ^= *s << 5;
  return *s;
}

static uint16_t choose(uint32_t number) {
  uint32_t s = number * 2654435761u + 1;
  noise(&s);
  int degree = degrees[noise(&s) >> 28];
  uint16_t blocks = 0;
  while (degree) {
    uint16_t bit = (uint16_t)(1 << noise(&s) % BLOCKS);
    if (blocks & bit) continue;
    blocks |= bit;
    degree--;
  }
  return blocks;
}

static void mix(uint32_t *to, const uint32_t *from) {
  for (int i = 0; i < WORDS; i++) to[i] ^= from[i];
}

static void encode(uint32_t number, uint32_t *data) {
  uint16_t blocks = choose(number);
  for (int i = 0; i < WORDS; i++) data[i] = 0;
  for (int b = 0; b < BLOCKS; b++)
    if (blocks >> b & 1) mix(data, source[b]);
}

static void learn(int first, const uint32_t *data) {
  uint8_t stack[BLOCKS];
  int depth = 0;
  known |= (uint16_t)(1 << first);
  for (int i = 0; i < WORDS; i++) received[first][i] = data[i];
  stack[depth++] = (uint8_t)first;
  while (depth) {
    int block = stack[--depth];
    for (int i = 0; i < count;) {
      Packet *p = &kept[i];
      if (p->blocks >> block & 1) {
        p->blocks ^= (uint16_t)(1 << block);
        p->degree--;
        mix(p->data, received[block]);
      }
      if (p->degree > 1) {
        i++;
        continue;
      }
      if (p->degree == 1) {
        int other = __builtin_ctz(p->blocks);
        if (!(known >> other & 1)) {
          known |= (uint16_t)(1 << other);
          for (int w = 0; w < WORDS; w++) received[other][w] = p->data[w];
          stack[depth++] = (uint8_t)other;
        }
      }
      count--;
      if (i != count) {
        p->blocks = kept[count].blocks;
        p->degree = kept[count].degree;
        for (int w = 0; w < WORDS; w++) p->data[w] = kept[count].data[w];
      }
    }
  }
}

static void receive(uint32_t number, uint32_t *data) {
  uint16_t blocks = choose(number);
  for (int b = 0; b < BLOCKS; b++)
    if ((blocks & known) >> b & 1) mix(data, received[b]);
  blocks &= (uint16_t)~known;
  int degree = __builtin_popcount(blocks);
  if (degree == 1) learn(__builtin_ctz(blocks), data);
  else if (degree > 1 && count < KEPT) {
    Packet *p = &kept[count++];
    p->blocks = blocks;
    p->degree = (uint8_t)degree;
    for (int i = 0; i < WORDS; i++) p->data[i] = data[i];
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 1998, h = 0, number = 0;
  for (int k = 0; k < n; k++) {
    for (int b = 0; b < BLOCKS; b++)
      for (int i = 0; i < WORDS; i++) source[b][i] = noise(&s);
    known = 0;
    count = 0;
    int sent = 0;
    while (known != (1 << BLOCKS) - 1 && sent < 40) {
      uint32_t data[WORDS];
      encode(number, data);
      sent++;
      if (noise(&s) >> 30) receive(number, data);
      number++;
      h = h * 31u + known;
    }
    h = h * 31u + (uint32_t)(sent * 32 + count);
    for (int b = 0; b < BLOCKS; b++)
      if (known >> b & 1)
        for (int i = 0; i < WORDS; i++) h = h * 31u + received[b][i];
  }
  return (int)h;
}

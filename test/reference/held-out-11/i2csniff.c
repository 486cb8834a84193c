/* Who talks on the wires of a sensor board: samples of data and clock (bits 0 and 1 of a byte) drawn for three transfers of an I2C bus (start, address, register, bytes, a second start for reading, no receipt at its end, stretched clocks, spikes of one sample); read back through a filter of three, edges drive a machine of states, registers of a copy follow what was seen. -O1. */
#include <stdint.h>

#define SAMPLES 700
#define SDA 1
#define SCL 2

static uint8_t wave[SAMPLES];
static int drawn;
static uint32_t s;

static uint32_t next(void) {
  s = s * 1664525u + 1013904223u;
  return s >> 8;
}

static void level(int lines, int times) {
  while (times-- > 0 && drawn < SAMPLES) wave[drawn++] = (uint8_t)lines;
}

static void clock_bit(int bit) {
  level(bit, 2);
  level(bit | SCL, 3);
  if ((next() & 31) == 0) level(bit | SCL, 2);
  level(bit, 2);
}

static void start(void) {
  level(SDA, 2);
  level(SDA | SCL, 3);
  level(SCL, 2);
}

static void stop(void) {
  level(0, 2);
  level(SCL, 2);
  level(SCL | SDA, 3);
}

static void byte(unsigned value, int receipt) {
  for (int i = 7; i >= 0; i--) clock_bit(value >> i & 1);
  if ((next() & 7) == 0) level(0, 4);
  clock_bit(!receipt);
}

enum State { IDLE, BITS, RECEIPT };

typedef struct {
  enum State state;
  uint8_t shift, count, position, address, pointer;
  uint8_t registers[2][16];
  uint16_t starts, stops, bytes, refused;
} Sniffer;

static Sniffer sniffer;

static void byte_seen(Sniffer *f, int receipt) {
  f->bytes++;
  if (!receipt) f->refused++;
  if (f->position == 0) f->address = f->shift;
  else {
    uint8_t *registers = f->registers[f->address >> 1 & 1];
    if (f->position == 1 && !(f->address & 1)) f->pointer = f->shift & 15;
    else {
      registers[f->pointer] = f->shift;
      f->pointer = (f->pointer + 1) & 15;
    }
  }
  if (f->position < 255) f->position++;
}

static void edge(Sniffer *f, int before, int now) {
  if (before & now & SCL) {
    if (before & ~now & SDA) {
      f->starts++;
      f->state = BITS;
      f->count = f->position = 0;
    } else if (~before & now & SDA) {
      f->stops++;
      f->state = IDLE;
    }
    return;
  }
  if (!(~before & now & SCL)) return;
  switch (f->state) {
    case BITS:
      f->shift = (uint8_t)(f->shift << 1 | (now & SDA));
      if (++f->count == 8) f->state = RECEIPT;
      break;
    case RECEIPT:
      byte_seen(f, !(now & SDA));
      f->count = 0;
      f->state = BITS;
      break;
    default:
      break;
  }
}

static void sniff(void) {
  int a = SDA | SCL, b = a, stable = a;
  for (int i = 0; i < drawn; i++) {
    int c = wave[i];
    int most = (a & b) | (b & c) | (a & c);
    if (most != stable) {
      edge(&sniffer, stable, most);
      stable = most;
    }
    a = b;
    b = c;
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0;
  s = 1982;
  for (unsigned i = 0; i < sizeof(Sniffer); i++) ((uint8_t *)&sniffer)[i] = 0;
  for (int k = 0; k < n; k++) {
    drawn = 0;
    level(SDA | SCL, 4);
    for (int transfer = 0; transfer < 3; transfer++) {
      unsigned device = 0x68 | (next() & 1), count = 1 + (next() & 1);
      start();
      byte(device << 1, 1);
      byte(next() & 15, 1);
      if (next() & 4) {
        start();
        byte(device << 1 | 1, 1);
        while (count--) byte(next() & 255, count != 0);
      } else
        while (count--) byte(next() & 255, 1);
      stop();
    }
    for (int i = 0; i < 6; i++) {
      int at = (int)(next() % (unsigned)(drawn - 4)) + 2;
      if (wave[at - 2] == wave[at + 2] && wave[at - 1] == wave[at] && wave[at] == wave[at + 1]) wave[at] ^= 1 << (next() & 1);
    }
    sniff();
    h = h * 31u + (uint32_t)drawn;
    h = h * 31u + sniffer.starts + sniffer.stops * 3u + sniffer.bytes * 5u + sniffer.refused * 7u;
    for (int d = 0; d < 2; d++)
      for (int i = 0; i < 16; i++) h = h * 31u + sniffer.registers[d][i];
  }
  return (int)h;
}

/* A tune in a file of MIDI's kind, played on four voices: bytes of a track are written first (times of seven bits a byte, running status, notes, programs, bends, tempo), then read event by event; a voice that is free or else the oldest takes a note, a note ends where it is released; between events the loudness of each voice falls by its program's rate. -O1. */
#include <stdint.h>

#define VOICES 4

typedef struct {
  uint8_t note, channel, on;
  int level;
  uint32_t since;
} Voice;

static uint8_t track[160];
static Voice voices[VOICES];
static uint8_t programs[16];
static int bends[16];
static uint32_t tempo, seed, now, sum;

static const uint8_t rates[8] = {3, 4, 5, 6, 4, 5, 7, 2};

static uint32_t chance(void) {
  seed = seed * 1103515245u + 12345u;
  return seed >> 16 & 0x7fff;
}

static uint8_t *write_time(uint8_t *p, uint32_t v) {
  uint8_t groups[4];
  int count = 0;
  do {
    groups[count++] = v & 127;
    v >>= 7;
  } while (v);
  while (count > 1) *p++ = groups[--count] | 128;
  *p++ = groups[0];
  return p;
}

static int write_track(void) {
  uint8_t *p = track, status = 0;
  uint8_t held[3] = {0, 0, 0};
  while (p < track + 140) {
    uint32_t r = chance();
    p = write_time(p, r & 7 ? r >> 3 & 31 : r >> 3 & 511);
    int channel = (int)(r % 3), kind = (int)(chance() & 15);
    uint8_t next;
    if (kind < 10) next = (uint8_t)((held[channel] ? 0x80 : 0x90) | channel);
    else if (kind < 12) next = (uint8_t)(0xc0 | channel);
    else if (kind < 15) next = (uint8_t)(0xe0 | channel);
    else next = 0xff;
    if (next != status || next == 0xff) *p++ = next;
    status = next == 0xff ? 0 : next;
    switch (next >> 4) {
      case 9:
        held[channel] = (uint8_t)(40 + (chance() & 31));
        *p++ = held[channel];
        *p++ = (uint8_t)(chance() & 127);
        break;
      case 8:
        *p++ = chance() & 3 ? held[channel] : 99;
        *p++ = 64;
        held[channel] = 0;
        break;
      case 12:
        *p++ = (uint8_t)(chance() & 7);
        break;
      case 14:
        *p++ = (uint8_t)(chance() & 127);
        *p++ = (uint8_t)(chance() & 127);
        break;
      default:
        *p++ = 0x51;
        *p++ = 3;
        *p++ = (uint8_t)(5 + (chance() & 3));
        *p++ = (uint8_t)chance();
        *p++ = (uint8_t)chance();
        break;
    }
  }
  *p++ = 0;
  *p++ = 0xff;
  *p++ = 0x2f;
  *p++ = 0;
  return (int)(p - track);
}

static void pass(uint32_t ticks) {
  now += ticks;
  uint32_t ms = ticks * (tempo >> 10) / 48;
  sum = sum * 31u + ms;
  while (ms >= 32) {
    for (int v = 0; v < VOICES; v++) {
      Voice *w = &voices[v];
      if (w->level) w->level -= (w->level >> rates[programs[w->channel]]) + (w->on ? 1 : 8);
      if (w->level < 0) w->level = 0;
    }
    ms -= 32;
  }
}

static void start(int channel, int note, int strength) {
  Voice *best = &voices[0];
  for (int v = 0; v < VOICES; v++) {
    Voice *w = &voices[v];
    if (!w->on && !w->level) {
      best = w;
      break;
    }
    if (w->since < best->since) best = w;
  }
  *best = (Voice){(uint8_t)note, (uint8_t)channel, 1, strength << 4, now};
}

static void stop(int channel, int note) {
  for (int v = 0; v < VOICES; v++)
    if (voices[v].on && voices[v].channel == channel && voices[v].note == note) voices[v].on = 0;
}

static int play(void) {
  const uint8_t *p = track;
  int status = 0, events = 0;
  for (;;) {
    uint32_t time = 0;
    uint8_t b;
    do {
      b = *p++;
      time = time << 7 | (b & 127);
    } while (b & 128);
    pass(time);
    if (*p & 128) status = *p++;
    int channel = status & 15;
    events++;
    switch (status >> 4) {
      case 8:
        stop(channel, p[0]);
        p += 2;
        break;
      case 9:
        if (p[1]) start(channel, p[0], p[1]);
        else stop(channel, p[0]);
        p += 2;
        break;
      case 12:
        programs[channel] = *p++;
        break;
      case 14:
        bends[channel] = (p[0] | p[1] << 7) - 8192;
        p += 2;
        break;
      case 15: {
        int kind = p[0], length = p[1];
        p += 2;
        if (kind == 0x51) tempo = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
        p += length;
        if (kind == 0x2f) return events;
        break;
      }
    }
    for (int v = 0; v < VOICES; v++)
      if (voices[v].level) sum = sum * 31u + (uint32_t)(voices[v].level * 128 + voices[v].note + (bends[voices[v].channel] >> 9));
  }
}

__attribute__((export_name("run"))) int run(int n) {
  seed = 1983;
  tempo = 500000;
  sum = now = 0;
  for (int i = 0; i < 16; i++) {
    programs[i] = 0;
    bends[i] = 0;
  }
  for (int v = 0; v < VOICES; v++) voices[v] = (Voice){0};
  for (int k = 0; k < n; k++) {
    int size = write_track();
    sum = sum * 31u + (uint32_t)size;
    int events = play();
    sum = sum * 31u + (uint32_t)events;
  }
  return (int)sum;
}

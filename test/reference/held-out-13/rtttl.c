/* Alarms as tunes in text (ring tones as old phones send them): name, defaults, notes with length, pitch, dot and octave; each note becomes ticks of a timer for the buzzer and milliseconds, is checked against the buzzer's range (moved by octaves), and the motor shakes on each beat; what is no note is skipped up to the next comma; tunes lose or change letters. -Os. */
#include <stdint.h>

typedef struct {
  uint16_t ticks; /* half a period at 1 MHz, 0 for silence */
  uint16_t time;
} Tone;

static const char *const tunes[] = {
  "wake:d=8,o=5,b=120:c,e,g,4c6,p,g,2e.,16a#4,16b4,c",
  "march : d=4, o=6, b=90 : 8g5.,16g5,a5,g5,c,2b5,8f#7,p,32d,32e",
  "alarm:o=7,d=16,b=200:a,p,a,p,8a.,h,c#4,4e8",
  "run::8e,8d#,8e,8d#,8e,8b5,8d6,8c6,a",
};

static char text[80];
static Tone tones[24];

/* Half periods of the fourth octave in microseconds, c to b. */
static const uint16_t halves[12] = {1911, 1804, 1703, 1607, 1517, 1432, 1351, 1276, 1204, 1136, 1073, 1012};

static const char *number(const char *p, int *v) {
  int value = 0, digits = 0;
  while (*p >= '0' && *p <= '9') {
    value = value * 10 + *p++ - '0';
    digits++;
  }
  if (digits) *v = value;
  return p;
}

static int pitch_of(char c) {
  switch (c) {
    case 'c': return 0;
    case 'd': return 2;
    case 'e': return 4;
    case 'f': return 5;
    case 'g': return 7;
    case 'a': return 9;
    case 'b': return 11;
    case 'p': return 12;
    default: return -1;
  }
}

static const char *skip(const char *p, char what) {
  while (*p && *p != what) p++;
  return p;
}

static int compile(void) {
  int length = 4, octave = 6, beats = 63, count = 0;
  const char *p = skip(text, ':');
  if (!*p) return -1;
  for (p++; *p && *p != ':';) {
    char key = *p;
    if (p[1] != '=') {
      p++;
      continue;
    }
    p += 2;
    if (key == 'd') p = number(p, &length);
    else if (key == 'o') p = number(p, &octave);
    else if (key == 'b') p = number(p, &beats);
  }
  if (!*p) return -2;
  if (!beats || !length) return -3;
  int whole = 240000 / beats;
  while (*p && count < 24) {
    int l = length, o = octave;
    p++;
    while (*p == ' ') p++;
    p = number(p, &l);
    int pitch = pitch_of(*p);
    if (pitch < 0 || l < 1 || l > 32) {
      p = skip(p, ',');
      continue;
    }
    p++;
    if (*p == '#') {
      pitch++;
      p++;
    }
    int time = whole / l;
    if (*p == '.') {
      time += time >> 1;
      p++;
    }
    p = number(p, &o);
    if (*p == '.') time += time >> 1;
    Tone *t = &tones[count++];
    t->time = (uint16_t)time;
    if (pitch >= 12) {
      t->ticks = 0;
    } else {
      int half = halves[pitch];
      while (o > 4) {
        half = (half + 1) >> 1;
        o--;
      }
      while (o < 4 && half < 4000) {
        half <<= 1;
        o++;
      }
      while (half < 150) half <<= 1;
      t->ticks = (uint16_t)half;
    }
    p = skip(p, ',');
  }
  return count;
}

/* The motor: on for a third of each beat of 250 ms, stronger where the tone is low. */
static uint32_t shake(int count) {
  uint32_t strength = 0;
  int at = 0, i = 0, until = count > 0 ? tones[0].time : 0;
  while (i < count) {
    if (at >= until) {
      if (++i < count) until += tones[i].time;
      continue;
    }
    if (at % 250 < 83) strength += tones[i].ticks > 600 ? 3 : tones[i].ticks ? 1 : 0;
    at += 25;
  }
  return strength;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 2001, h = 0;
  for (int k = 0; k < n; k++)
    for (int t = 0; t < 4; t++) {
      char *to = text;
      for (const char *from = tunes[t]; *from; from++) {
        s = s * 69069u + 1u;
        if (s >> 26 == 0) continue;
        *to++ = s >> 26 == 1 ? "4g#.6,ap"[s >> 8 & 7] : *from;
      }
      *to = 0;
      int count = compile();
      h = h * 31u + (uint32_t)count;
      for (int i = 0; i < count; i++) h = (h * 31u + tones[i].ticks) * 31u + tones[i].time;
      h = h * 31u + shake(count);
    }
  return (int)h;
}

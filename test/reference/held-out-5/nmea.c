/* Sentences of a satellite receiver, letter by letter: a state machine with checksum, fields by sentence and number, degrees and minutes to millionths. -Os. */
#include <stdint.h>

enum state { IDLE, KIND, FIELD, SUM_HIGH, SUM_LOW };
enum kind { OTHER, GGA, RMC };

struct fix {
  int32_t latitude, longitude, altitude, speed;
  uint32_t time;
  uint8_t satellites, valid;
};

struct reader {
  struct fix now, last;
  uint32_t name;
  int32_t whole, part;
  uint8_t state, kind, field, sum, got, digits, negative, letter;
  uint16_t good, bad;
};

static const char text[] =
    "$GPGGA,123519.25,4807.0382,N,01131.0004,E,1,08,0.9,545.4,M,46.9,M,,*68\r\n"
    "$GPRMC,225446,A,4916.45,N,12311.12,W,000.5,054.7,191194,020.3,E*68\r\n"
    "$GPGSV,2,1,08,01,40,083,46,02,17,308,41*74\r\n"
    "$GPGGA,,,,,,0,00,99.99,,,,,,*48\r\n"
    "noise$GPRMC,081836,A,3751.65,S,14507.36,E,012.7,360.0,130998,011.3,E*66\r\n";

static struct reader state;

static int32_t degrees(int32_t whole, int32_t part, unsigned digits) {
  static const int32_t scale[] = {10000, 1000, 100, 10, 1};
  int32_t minutes = (whole % 100) * 10000 + part * scale[digits > 4 ? 4 : digits];
  return (whole / 100) * 1000000 + (minutes * 5 + 1) / 3;
}

static void field(struct reader *r) {
  struct fix *f = &r->now;
  int32_t value = r->whole;
  unsigned what = r->field;
  if (r->kind == OTHER) return;
  if (r->kind == RMC) {
    switch (what) {
      case 2: f->valid = r->letter == 'A'; return;
      case 7: f->speed = value * 10 + r->part; return;
      case 1: break;
      case 3: case 4: case 5: case 6: what--; break;
      default: return;
    }
  }
  switch (what) {
    case 1: f->time = (uint32_t)(value / 10000 * 3600 + value / 100 % 100 * 60 + value % 100); break;
    case 2: f->latitude = degrees(value, r->part, r->digits); break;
    case 3: if (r->letter == 'S') f->latitude = -f->latitude; break;
    case 4: f->longitude = degrees(value, r->part, r->digits); break;
    case 5: if (r->letter == 'W') f->longitude = -f->longitude; break;
    case 6: f->valid = value != 0; break;
    case 7: f->satellites = (uint8_t)value; break;
    case 9: f->altitude = value * 10 + r->part; break;
  }
}

static void begin(struct reader *r) {
  r->whole = r->part = 0;
  r->digits = r->negative = r->letter = 0;
}

static int hex(int c) { return c <= '9' ? c - '0' : (c & 7) + 9; }

static __attribute__((noinline)) int feed(struct reader *r, int c) {
  if (c == '$') {
    r->state = KIND;
    r->sum = 0;
    r->name = 0;
    r->field = 0;
    r->now = r->last;
    return 0;
  }
  switch (r->state) {
    case KIND:
      r->sum ^= (uint8_t)c;
      if (c != ',') {
        r->name = r->name << 8 | (uint32_t)c;
        return 0;
      }
      r->name &= 0xffffff;
      r->kind = r->name == 0x474741 ? GGA : r->name == 0x524d43 ? RMC : OTHER;
      r->state = FIELD;
      r->field = 1;
      begin(r);
      return 0;
    case FIELD:
      if (c == '*') {
        field(r);
        r->state = SUM_HIGH;
        return 0;
      }
      r->sum ^= (uint8_t)c;
      if (c == ',') {
        field(r);
        r->field++;
        begin(r);
      } else if (c == '.')
        r->negative |= 2;
      else if (c == '-')
        r->negative |= 1;
      else if (c >= '0' && c <= '9') {
        if (r->negative & 2) {
          r->part = r->part * 10 + (c - '0');
          r->digits++;
        } else
          r->whole = r->whole * 10 + (c - '0');
      } else
        r->letter = (uint8_t)c;
      return 0;
    case SUM_HIGH:
      r->got = (uint8_t)(hex(c) << 4);
      r->state = SUM_LOW;
      return 0;
    case SUM_LOW:
      r->state = IDLE;
      if ((r->got | hex(c)) != r->sum) {
        r->bad++;
        return -1;
      }
      r->good++;
      r->last = r->now;
      return 1;
  }
  return 0;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0;
  for (int k = 0; k < n; k++) {
    int spoiled = k * 37 % (int)sizeof text;
    for (int i = 0; i < (int)sizeof text - 1; i++)
      if (feed(&state, k & 1 && i == spoiled ? '0' : text[i]) > 0)
        h = h * 31 + (uint32_t)(state.last.latitude ^ state.last.longitude) + state.last.time;
  }
  return (int)(h * 31 + state.good * 256u + state.bad);
}

/* When a task of a tracker is due next: schedules as five fields of text (minute, hour, day, month, day of the week; stars, ranges, steps, lists) become sets of bits, the next minute after now that is in all of them is found field by field (day of the month or of the week where both are given); years from 2024, six schedules an iteration. -O2. */
#include <stdint.h>

typedef struct {
  uint64_t minutes;
  uint32_t hours, days;
  uint16_t months;
  uint8_t weekdays, any_day, any_weekday;
} Schedule;

typedef struct {
  int year, month, day, hour, minute;
} Moment;

static const char *const texts[] = {
  "*/15 8-18 * * 1-5", "0 0 1 * *", "30 6 * * 0,6", "5,20-40/10 */3 10-20 2,3 *", "59 23 29 2 *", "0 12 13 * 5", "*/7 1-23/4 * 6-8 *", "10 4 31 * *",
};

static const char *read_number(const char *p, int *v) {
  *v = 0;
  while (*p >= '0' && *p <= '9') *v = *v * 10 + *p++ - '0';
  return p;
}

static const char *read_field(const char *p, int low, int high, uint64_t *set, uint8_t *any) {
  *set = 0;
  *any = *p == '*';
  for (;;) {
    int from = low, to = high, step = 1;
    if (*p == '*') {
      p++;
    } else {
      p = read_number(p, &from);
      to = from;
      if (*p == '-') p = read_number(p + 1, &to);
    }
    if (*p == '/') p = read_number(p + 1, &step);
    for (int i = from; i <= to; i += step) *set |= (uint64_t)1 << i;
    if (*p != ',') break;
    p++;
  }
  while (*p == ' ') p++;
  return p;
}

static void read_schedule(const char *p, Schedule *s) {
  uint64_t set;
  uint8_t any;
  p = read_field(p, 0, 59, &s->minutes, &any);
  p = read_field(p, 0, 23, &set, &any);
  s->hours = (uint32_t)set;
  p = read_field(p, 1, 31, &set, &s->any_day);
  s->days = (uint32_t)set;
  p = read_field(p, 1, 12, &set, &any);
  s->months = (uint16_t)set;
  read_field(p, 0, 6, &set, &s->any_weekday);
  s->weekdays = (uint8_t)set;
}

static int days_of(int year, int month) {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return 30 + ((month + (month >> 3)) & 1);
}

static int weekday(int year, int month, int day) {
  static const uint8_t shift[12] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
  if (month < 3) year--;
  return (year + year / 4 - year / 100 + year / 400 + shift[month - 1] + day) % 7;
}

static int day_fits(const Schedule *s, const Moment *m) {
  int by_day = s->days >> m->day & 1;
  int by_weekday = s->weekdays >> weekday(m->year, m->month, m->day) & 1;
  if (s->any_day || s->any_weekday) return by_day && by_weekday;
  return by_day || by_weekday;
}

static void next_day(Moment *m) {
  m->hour = m->minute = 0;
  if (++m->day <= days_of(m->year, m->month)) return;
  m->day = 1;
  if (++m->month <= 12) return;
  m->month = 1;
  m->year++;
}

static int next_time(const Schedule *s, Moment *m) {
  int steps = 0;
  m->minute++;
  for (;;) {
    steps++;
    if (m->minute > 59) {
      m->minute = 0;
      m->hour++;
    }
    if (m->hour > 23) {
      next_day(m);
      continue;
    }
    if (!(s->months >> m->month & 1)) {
      m->day = days_of(m->year, m->month);
      next_day(m);
      continue;
    }
    if (!day_fits(s, m)) {
      next_day(m);
      continue;
    }
    uint32_t hours = s->hours >> m->hour;
    if (!hours) {
      next_day(m);
      continue;
    }
    if (!(hours & 1)) {
      m->hour += __builtin_ctz(hours);
      m->minute = 0;
    }
    uint64_t minutes = s->minutes >> m->minute;
    if (minutes) {
      m->minute += __builtin_ctzll(minutes);
      return steps;
    }
    m->minute = 60;
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 525600, h = 0;
  Moment now = {2024, 2, 27, 11, 42};
  for (int k = 0; k < n; k++) {
    Moment first = {9999, 0, 0, 0, 0};
    for (int i = 0; i < 6; i++) {
      Schedule schedule;
      s = s * 1103515245u + 12345u;
      read_schedule(texts[s >> 16 & 7], &schedule);
      Moment m = now;
      int runs = 1 + (int)(s >> 24 & 3);
      do {
        next_time(&schedule, &m);
        h = h * 31u + (uint32_t)(((m.month * 32 + m.day) * 24 + m.hour) * 60 + m.minute);
      } while (--runs);
      h = h * 31u + (uint32_t)m.year;
      if (m.year < first.year || (m.year == first.year && (m.month < first.month || (m.month == first.month && m.day < first.day)))) first = m;
    }
    if (first.year < 2060) now = first;
    h ^= (uint32_t)weekday(now.year, now.month, now.day) << 9;
  }
  return (int)h;
}

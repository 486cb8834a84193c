// Dates of a watch: days to year, month and day and back, day and week of the year by ISO, the next alarm of a set of weekdays, months added with the day held to the month's last, digits of the display packed as BCD.
class Date4 {
  year: i32;
  month: i32;
  day: i32;
}

const date = changetype<Date4>(1024);

function fromDays(z: i32): void {
  z += 719468;
  const era: i32 = (z >= 0 ? z : z - 146096) / 146097;
  const doe: u32 = <u32>(z - era * 146097);
  const yoe: u32 = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const doy: u32 = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const mp: u32 = (5 * doy + 2) / 153;
  date.day = <i32>(doy - (153 * mp + 2) / 5 + 1);
  date.month = <i32>(mp < 10 ? mp + 3 : mp - 9);
  date.year = <i32>yoe + era * 400 + (date.month <= 2 ? 1 : 0);
}

function toDays(y: i32, m: i32, d: i32): i32 {
  if (m <= 2) y--;
  const era: i32 = (y >= 0 ? y : y - 399) / 400;
  const yoe: u32 = <u32>(y - era * 400);
  const doy: u32 = <u32>((153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1);
  return era * 146097 + <i32>(yoe * 365 + yoe / 4 - yoe / 100 + doy) - 719468;
}

function leap(y: i32): bool {
  return (y & 3) == 0 && (y % 100 != 0 || y % 400 == 0);
}

function lastDay(y: i32, m: i32): i32 {
  if (m == 2) return leap(y) ? 29 : 28;
  return 30 + ((m + (m >> 3)) & 1);
}

/** 0 is Monday. */
function weekday(days: i32): i32 {
  const w: i32 = (days + 3) % 7;
  return w < 0 ? w + 7 : w;
}

function isoWeek(days: i32): i32 {
  const thursday: i32 = days - weekday(days) + 3;
  fromDays(thursday);
  return (thursday - toDays(date.year, 1, 1)) / 7 + 1;
}

function addMonths(y: i32, m: i32, d: i32, by: i32): i32 {
  const months: i32 = y * 12 + m - 1 + by;
  y = months / 12;
  m = (months % 12) + 1;
  const last: i32 = lastDay(y, m);
  return toDays(y, m, d < last ? d : last);
}

/** Days until the next of a set of weekdays, today only where its time is still to come. */
function nextAlarm(days: i32, minute: i32, set: u32, at: i32): i32 {
  const today: i32 = weekday(days);
  for (let ahead: i32 = minute < at ? 0 : 1; ahead <= 7; ahead++) {
    if ((set >> ((today + ahead) % 7)) & 1) return ahead;
  }
  return -1;
}

function bcd(v: u32, digits: i32): u32 {
  let out: u32 = 0;
  for (let i: i32 = 0; i < digits; i++) {
    out |= (v % 10) << (i * 4);
    v /= 10;
  }
  return out;
}

export function run(n: i32): i32 {
  let h: u32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    let s: u32 = 2024 + <u32>k;
    for (let i: i32 = 0; i < 12; i++) {
      s = s * 1664525 + 1013904223;
      const days: i32 = <i32>((s >> 8) % 60000) - 10000;
      fromDays(days);
      const y: i32 = date.year;
      const m: i32 = date.month;
      const d: i32 = date.day;
      h = h * 31 + ((bcd(<u32>y, 4) << 16) | (bcd(<u32>m, 2) << 8) | bcd(<u32>d, 2));
      h += <u32>isoWeek(days) * 7 + <u32>weekday(days);
      h ^= <u32>addMonths(y, m, d, i + 1) << 3;
      h += <u32>nextAlarm(days, <i32>(s & 1023), s >> 25, 420);
      if (toDays(y, m, d) != days) return -1;
    }
  }
  return <i32>h;
}

// A log of temperature that stays short: a reading is kept only where no line within the tolerance goes through all since the last kept one (a door that swings from both sides, slopes compared by products); then read back by straight lines, the worst and the sum of what was lost.
const COUNT: i32 = 70;
const TIMES: usize = 1024; // u32[COUNT]
const VALUES: usize = 1344; // i32[COUNT]
const KEPT: usize = 1664; // u8[COUNT]
const TOLERANCE: i32 = 24;

function time(i: i32): i32 {
  return load<i32>(TIMES + (i << 2));
}

function value(i: i32): i32 {
  return load<i32>(VALUES + (i << 2));
}

function compress(): i32 {
  let count: i32 = 1;
  store<u8>(KEPT, 0);
  let pivot: i32 = 0;
  let upRise: i32 = 0;
  let upRun: i32 = 0;
  let downRise: i32 = 0;
  let downRun: i32 = 0;
  for (let i: i32 = 1; i < COUNT; i++) {
    const run: i32 = time(i) - time(pivot);
    const rise: i32 = value(i) - value(pivot);
    const high: i32 = rise + TOLERANCE;
    const low: i32 = rise - TOLERANCE;
    if (upRun != 0) {
      // Upper door closes towards the least slope, the lower one towards the greatest.
      if (high * upRun < upRise * run) {
        upRise = high;
        upRun = run;
      }
      if (low * downRun > downRise * run) {
        downRise = low;
        downRun = run;
      }
      if (downRise * upRun > upRise * downRun) {
        pivot = i - 1;
        store<u8>(KEPT + count++, <u8>pivot);
        upRun = downRun = time(i) - time(pivot);
        upRise = value(i) - value(pivot) + TOLERANCE;
        downRise = upRise - 2 * TOLERANCE;
      }
    } else {
      upRun = downRun = run;
      upRise = high;
      downRise = low;
    }
  }
  store<u8>(KEPT + count++, <u8>(COUNT - 1));
  return count;
}

function restore(count: i32): i32 {
  let worst: i32 = 0;
  let sum: i32 = 0;
  for (let q: i32 = 1; q < count; q++) {
    const a: i32 = <i32>load<u8>(KEPT - 1 + q);
    const b: i32 = <i32>load<u8>(KEPT + q);
    const rise: i32 = value(b) - value(a);
    const run: i32 = time(b) - time(a);
    for (let i: i32 = a + 1; i < b; i++) {
      const line: i32 = value(a) + (rise * (time(i) - time(a))) / run;
      const lost: i32 = abs(line - value(i));
      sum += lost;
      if (lost > worst) worst = lost;
    }
  }
  return (worst << 16) + sum;
}

export function run(n: i32): i32 {
  let h: i32 = 0;
  let s: u32 = 91;
  let level: i32 = 3600;
  for (let k: i32 = 0; k < n; k++) {
    let clock: i32 = k;
    let slope: i32 = 0;
    for (let i: i32 = 0; i < COUNT; i++) {
      s = s * 1664525 + 1013904223;
      clock += 1 + <i32>(s >> 30);
      if ((s & 0x1c0000) == 0) slope = <i32>s >> 27;
      level += slope + (<i32>(s << 5) >> 28);
      store<i32>(TIMES + (i << 2), clock);
      store<i32>(VALUES + (i << 2), level);
    }
    const count: i32 = compress();
    h = h * 31 + restore(count);
    h ^= count << 24;
    for (let q: i32 = 0; q < count; q++) h = h * 7 + <i32>load<u8>(KEPT + q);
  }
  return h;
}

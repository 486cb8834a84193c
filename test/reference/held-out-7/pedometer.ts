// Steps out of an accelerometer: a quick size of the vector, a mean of eight, a threshold in the middle between the extremes of the last 25 values, a step when it is crossed downwards by enough and neither too soon nor too late, counted from four in a row; 100 samples of three axes.
const COUNT: i32 = 100;
const AXES: usize = 2048; // i16[COUNT][3]
const RING: usize = 1024; // i16[8]
const STATE: usize = 1056;

function magnitude(p: usize): i32 {
  let a: i32 = <i32>load<i16>(p);
  let b: i32 = <i32>load<i16>(p, 2);
  let c: i32 = <i32>load<i16>(p, 4);
  if (a < 0) a = -a;
  if (b < 0) b = -b;
  if (c < 0) c = -c;
  if (a < b) {
    const t: i32 = a;
    a = b;
    b = t;
  }
  if (a < c) {
    const t: i32 = a;
    a = c;
    c = t;
  }
  return a + ((b * 5 + c * 5) >> 4);
}

function walk(): i32 {
  let sum: i32 = 0;
  let at: usize = 0;
  let low: i32 = 32767;
  let high: i32 = 0;
  let threshold: i32 = load<i32>(STATE);
  let size: i32 = load<i32>(STATE, 4);
  let old: i32 = load<i32>(STATE, 8);
  let since: i32 = load<i32>(STATE, 12);
  let row: i32 = load<i32>(STATE, 16);
  let steps: i32 = load<i32>(STATE, 20);
  for (let i: usize = 0; i < 8; i++) sum += <i32>load<i16>(RING + (i << 1));
  for (let i: i32 = 0; i < COUNT; i++) {
    const m: i32 = magnitude(AXES + <usize>(i * 6));
    sum += m - <i32>load<i16>(RING + (at << 1));
    store<i16>(RING + (at << 1), <i16>m);
    at = (at + 1) & 7;
    const v: i32 = sum >> 3;
    if (v < low) low = v;
    if (v > high) high = v;
    if (i % 25 == 24) {
      threshold = (low + high) >> 1;
      size = high - low;
      low = 32767;
      high = 0;
    }
    since++;
    if (old >= threshold && v < threshold && size > 300) {
      if (since < 6) row = 0;
      else if (since > 40) row = 1;
      else {
        row++;
        if (row == 4) steps += 4;
        else if (row > 4) steps++;
      }
      since = 0;
    }
    old = v;
  }
  store<i32>(STATE, threshold);
  store<i32>(STATE, size, 4);
  store<i32>(STATE, old, 8);
  store<i32>(STATE, since, 12);
  store<i32>(STATE, row, 16);
  store<i32>(STATE, steps, 20);
  return steps;
}

export function run(n: i32): i32 {
  for (let p: usize = RING; p < STATE + 24; p += 4) store<i32>(p, 0);
  let h: i32 = 0;
  let s: u32 = 40;
  let phase: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < COUNT; i++) {
      s = s * 1664525 + 1013904223;
      phase = (phase + 50 + (k & 3) * 13) & 1023;
      const wave: i32 = phase < 512 ? phase - 256 : 768 - phase;
      const p: usize = AXES + <usize>(i * 6);
      store<i16>(p, <i16>(wave * 3 + (<i32>s >> 25)));
      store<i16>(p, <i16>(1000 + wave + (<i32>(s << 9) >> 25)), 2);
      store<i16>(p, <i16>((<i32>(s << 4) >> 24) - (wave >> 1)), 4);
    }
    h = h * 31 + walk();
    h ^= load<i32>(STATE) << 16;
  }
  return h;
}

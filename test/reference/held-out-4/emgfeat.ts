// Features of a window of int16 in one pass: mean absolute value, wave length, zero crossings and turns above a threshold, peak, then a histogram of ten bins.
const WINDOW: i32 = 200;
const IN: usize = 4096;
const HIST: usize = 1024; // int32[10]
const F: usize = 1280; // int32[6]

function fill(): void {
  let s: u32 = 654321;
  let v: i32 = 0;
  for (let i: i32 = 0; i < WINDOW; i++) {
    s = s * 1664525 + 1013904223;
    v = ((v * 7) >> 3) + ((<i32>s) >> 21);
    store<i16>(IN + ((<usize>i) << 1), <i16>v);
  }
}

function features(): void {
  const limit: i32 = 40;
  let mav: i32 = 0;
  let length: i32 = 0;
  let crossings: i32 = 0;
  let turns: i32 = 0;
  let peak: i32 = 0;
  let before: i32 = 0;
  let last: i32 = <i32>load<i16>(IN);
  for (let i: i32 = 1; i < WINDOW; i++) {
    const x: i32 = <i32>load<i16>(IN + ((<usize>i) << 1));
    const d: i32 = x - last;
    const size: i32 = x < 0 ? -x : x;
    mav += size;
    if (size > peak) peak = size;
    length += d < 0 ? -d : d;
    if ((x ^ last) < 0 && (d > limit || d < -limit)) crossings++;
    if (i > 1 && last - before > 0 == last - x > 0 && (d > limit || last - before > limit)) turns++;
    before = last;
    last = x;
  }
  store<i32>(F, mav / WINDOW);
  store<i32>(F, length / WINDOW, 4);
  store<i32>(F, crossings, 8);
  store<i32>(F, turns, 12);
  store<i32>(F, peak, 16);
}

function histogram(): void {
  for (let b: usize = 0; b < 10; b++) store<i32>(HIST + (b << 2), 0);
  const peak: i32 = load<i32>(F, 16) + 1;
  for (let i: i32 = 0; i < WINDOW; i++) {
    const x: i32 = <i32>load<i16>(IN + ((<usize>i) << 1));
    const bin: i32 = ((x + peak) * 5) / peak;
    const at: usize = HIST + ((<usize>bin) << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<i16>(IN + ((<usize>(k % WINDOW)) << 1), <i16>(k * 37));
    features();
    histogram();
    for (let i: usize = 0; i < 5; i++) h = h * 31 + load<i32>(F + (i << 2));
    h ^= load<i32>(HIST, 16);
  }
  return h;
}

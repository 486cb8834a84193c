// The period of a pulse wave as YIN finds it: squared differences by lag, divided by their running mean, the first dip below a threshold and its lowest point.
const WINDOW: i32 = 64;
const LAGS: i32 = 48;
const X: usize = 1024; // i16[112]
const D: usize = 2048; // i32[48]: Q12 of the normalised difference

function fill(): void {
  let phase: i32 = 0;
  let s: u32 = 3;
  for (let i: i32 = 0; i < WINDOW + LAGS; i++) {
    phase = (phase + 1789) & 0xffff;
    const triangle: i32 = (phase & 0x8000 ? 0xffff - phase : phase) - 0x4000;
    s = s * 1664525 + 1013904223;
    store<i16>(X + ((<usize>i) << 1), <i16>((triangle >> 5) + ((<i32>s) >> 26)));
  }
}

function difference(lag: i32): i32 {
  let sum: i32 = 0;
  let p: usize = X;
  let q: usize = X + ((<usize>lag) << 1);
  const end: usize = X + ((<usize>WINDOW) << 1);
  while (p < end) {
    const d: i32 = <i32>load<i16>(p) - <i32>load<i16>(q);
    const e: i32 = <i32>load<i16>(p, 2) - <i32>load<i16>(q, 2);
    sum += d * d + e * e;
    p += 4;
    q += 4;
  }
  return sum;
}

function period(): i32 {
  let running: i64 = 0;
  store<i32>(D, 4096);
  for (let lag: i32 = 1; lag < LAGS; lag++) {
    const d: i32 = difference(lag);
    running += <i64>d;
    store<i32>(D + ((<usize>lag) << 2), running ? <i32>(((<i64>d * lag) << 12) / running) : 4096);
  }
  let lag: i32 = 2;
  while (lag < LAGS) {
    if (load<i32>(D + ((<usize>lag) << 2)) < 1200) {
      while (lag + 1 < LAGS && load<i32>(D + ((<usize>lag) << 2), 4) < load<i32>(D + ((<usize>lag) << 2))) lag++;
      return (lag << 13) | load<i32>(D + ((<usize>lag) << 2));
    }
    lag++;
  }
  return -1;
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<i16>(X + ((<usize>((k * 9) % 100)) << 1), <i16>(k * 13));
    h = h * 31 + period();
  }
  return h;
}

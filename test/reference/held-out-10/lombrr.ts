// The slow swings of the heart rate where beats come when they like: the periodogram of Lomb and Scargle over 30 intervals at nine frequencies, phases of 32 bits by the beat's time, sines from a table of 64 with straight lines between; sums of 64 bits put together without an angle; the share of the upper band.
const N: i32 = 30;
const TIME: usize = 1024; // i32[30], milliseconds
const VALUE: usize = 1152; // i32[30], against the mean
const quarter: StaticArray<i16> = [0, 1606, 3196, 4756, 6270, 7723, 9102, 10394, 11585, 12665, 13623, 14449, 15137, 15679, 16069, 16305, 16384];

function corner(i: i32): i32 {
  const j: i32 = i & 15;
  switch ((i >> 4) & 3) {
    case 0:
      return unchecked(quarter[j]);
    case 1:
      return unchecked(quarter[16 - j]);
    case 2:
      return -(<i32>unchecked(quarter[j]));
    default:
      return -(<i32>unchecked(quarter[16 - j]));
  }
}

function sine(phase: u32): i32 {
  const i: i32 = <i32>(phase >> 26);
  const a: i32 = corner(i);
  const rest: i32 = <i32>((phase >> 18) & 255);
  return a + (((corner(i + 1) - a) * rest) >> 8);
}

/** The power at a frequency in 1/2^32 of a turn each millisecond. */
function power(frequency: u32): i64 {
  let ys: i64 = 0;
  let yc: i64 = 0;
  let ss: i64 = 0;
  let cc: i64 = 0;
  let sc: i64 = 0;
  for (let i: i32 = 0; i < N; i++) {
    const phase: u32 = frequency * load<u32>(TIME + (i << 2));
    const s: i32 = sine(phase);
    const c: i32 = sine(phase + 0x40000000);
    const y: i32 = load<i32>(VALUE + (i << 2));
    ys += <i64>(y * s);
    yc += <i64>(y * c);
    ss += <i64>(s * s);
    cc += <i64>(c * c);
    sc += <i64>(s * c);
  }
  ys >>= 14;
  yc >>= 14;
  ss >>= 20;
  cc >>= 20;
  sc >>= 20;
  const below: i64 = ss * cc - sc * sc;
  if (below <= 0) return 0;
  const above: i64 = yc * yc * ss + ys * ys * cc - 2 * yc * ys * sc;
  return above / below;
}

export function run(n: i32): i32 {
  let s: u32 = 6502;
  let h: i32 = 0;
  let breath: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    let time: i32 = 0;
    let sum: i32 = 0;
    for (let i: i32 = 0; i < N; i++) {
      s = s * 1664525 + 1013904223;
      breath = (breath + 1) % 5;
      const interval: i32 = 780 + breath * 18 + <i32>(s >> 26);
      time += interval;
      sum += interval;
      store<i32>(TIME + (i << 2), time);
      store<i32>(VALUE + (i << 2), interval);
    }
    const mean: i32 = sum / N;
    for (let i: i32 = 0; i < N; i++) store<i32>(VALUE + (i << 2), load<i32>(VALUE + (i << 2)) - mean);
    let low: i64 = 0;
    let high: i64 = 0;
    for (let f: i32 = 1; f <= 9; f++) {
      // steps of 0.04 Hz
      const p: i64 = power(171799 * f);
      h = h * 31 + <i32>p;
      if (f < 4) low += p;
      else high += p;
    }
    if (low + high > 0) h = h * 31 + <i32>((high * 1000) / (low + high));
  }
  return h;
}

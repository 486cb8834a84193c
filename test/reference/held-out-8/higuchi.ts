// How rough a wave is, by Higuchi: lengths of the curve at steps of one to six, each for every start, their logarithms of base two with eight bits behind the point by squaring, the slope of a line through them; 60 samples.
const COUNT: i32 = 60;
const STEPS: i32 = 6;
const X: usize = 1024; // i16[COUNT]
const LOGS: usize = 1152; // i32[STEPS + 1], from 1

/** log2 with eight bits behind the point; x > 0. */
function log2(x: u32): i32 {
  const whole: i32 = 31 - <i32>clz<u32>(x);
  let m: u64 = <u64>(x << (31 - whole));
  let part: i32 = 0;
  for (let i: i32 = 0; i < 8; i++) {
    m = (m * m) >> 31;
    part <<= 1;
    if (m >= 0x100000000) {
      m >>= 1;
      part |= 1;
    }
  }
  return (whole << 8) | part;
}

function curve(step: i32): u32 {
  let total: u32 = 0;
  for (let start: i32 = 0; start < step; start++) {
    let sum: u32 = 0;
    let pieces: u32 = 0;
    let before: i32 = <i32>load<i16>(X + (start << 1));
    for (let i: i32 = start + step; i < COUNT; i += step) {
      const v: i32 = <i32>load<i16>(X + (i << 1));
      sum += <u32>abs(v - before);
      before = v;
      pieces++;
    }
    total += (sum * (COUNT - 1) * 16) / (pieces * <u32>(step * step));
  }
  return total / <u32>step + 1;
}

function dimension(): i32 {
  let sx: i32 = 0;
  let sy: i32 = 0;
  for (let k: i32 = 1; k <= STEPS; k++) {
    const y: i32 = log2(curve(k));
    store<i32>(LOGS + (k << 2), y);
    sx += log2(<u32>k);
    sy += y;
  }
  let over: i32 = 0;
  let under: i32 = 0;
  for (let k: i32 = 1; k <= STEPS; k++) {
    const dx: i32 = log2(<u32>k) * STEPS - sx;
    over -= dx * (load<i32>(LOGS + (k << 2)) * STEPS - sy);
    under += dx * dx;
  }
  return <i32>((<i64>over << 10) / <i64>under);
}

export function run(n: i32): i32 {
  let h: i32 = 0;
  let s: u32 = 77;
  let level: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    const rough: i32 = (k & 3) * 2;
    for (let i: i32 = 0; i < COUNT; i++) {
      s = s * 1664525 + 1013904223;
      level += <i32>s >> 25;
      level -= level >> 4;
      store<i16>(X + (i << 1), <i16>(level + (<i32>(s << 9) >> (28 - rough))));
    }
    h = h * 31 + dimension();
    for (let k: i32 = 1; k <= STEPS; k++) h ^= rotl<i32>(load<i32>(LOGS + (k << 2)), k * 4);
  }
  return h;
}

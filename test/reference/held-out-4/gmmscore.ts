// Log likelihood under a mixture with diagonal covariance: distances weighted by precisions in 64 bits, the best two put together by a table; stops early where it cannot win.
const MIX: i32 = 12;
const DIM: i32 = 10;
const MEAN: usize = 4096; // int16[12][10]
const PREC: usize = 6144; // u16[12][10]
const CONST: usize = 1024; // int32[12]
const X: usize = 1152; // int16[10]
const LOGADD: usize = 2048; // u8[64]

function fill(): void {
  let s: u32 = 1999;
  for (let i: usize = 0; i < 120; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(MEAN + (i << 1), <i16>((<i32>s) >> 18));
    store<u16>(PREC + (i << 1), <u16>(300 + ((s >> 9) & 4095)));
  }
  for (let m: i32 = 0; m < MIX; m++) store<i32>(CONST + ((<usize>m) << 2), -(m * 91) % 700);
  for (let i: i32 = 0; i < 64; i++) store<u8>(LOGADD + <usize>i, <u8>((44 * 16) / (16 + (i * i) / 4)));
}

function score(): i32 {
  let first: i64 = -0x7fffffffffff;
  let second: i64 = first;
  for (let m: i32 = 0; m < MIX; m++) {
    let sum: i64 = (<i64>load<i32>(CONST + ((<usize>m) << 2))) << 16;
    const base: usize = (<usize>(m * DIM)) << 1;
    let d: usize = 0;
    for (; d < <usize>(DIM << 1); d += 2) {
      const e: i32 = <i32>load<i16>(X + d) - <i32>load<i16>(MEAN + base + d);
      sum -= <i64>(e * e) * <i64>load<u16>(PREC + base + d);
      if (sum < second) break;
    }
    if (sum > first) {
      second = first;
      first = sum;
    } else if (sum > second) second = sum;
  }
  const gap: i64 = (first - second) >> 28;
  const more: i32 = gap < 64 ? <i32>load<u8>(LOGADD + <usize>gap) : 0;
  return <i32>(first >> 20) + more;
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++)
    for (let f: i32 = 0; f < 5; f++) {
      for (let d: i32 = 0; d < DIM; d++)
        store<i16>(X + ((<usize>d) << 1), <i16>((((k * 29 + f * 811 + d * 53) * 7) & 8191) - 4096));
      h = h * 31 + score();
    }
  return h;
}

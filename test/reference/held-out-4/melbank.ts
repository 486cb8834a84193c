// Band energies of a power spectrum: triangles that overlap (start, peak, end of each band in a table), logarithm by leading zeros and a parabola.
const BINS: i32 = 129;
const BANDS: i32 = 14;
const POWER: usize = 2048; // u32[129]
const EDGE: usize = 1024; // u8[16]
const OUT: usize = 1088; // int16[14]

function fill(): void {
  let s: u32 = 404;
  for (let i: i32 = 0; i < BINS; i++) {
    s = s * 1664525 + 1013904223;
    store<u32>(POWER + ((<usize>i) << 2), (s >> 8) / <u32>(i + 1));
  }
  let edge: i32 = 2;
  for (let i: i32 = 0; i < BANDS + 2; i++) {
    store<u8>(EDGE + <usize>i, <u8>edge);
    edge += 3 + ((i * i) >> 4);
  }
}

function log2(v: u64): i32 {
  const z: i32 = <i32>clz(v);
  const m: i32 = (<i32>((v << z) >> 49)) & 0x3fff; // below the leading one, Q14
  return ((63 - z) << 8) + ((m + (((m * (16384 - m)) >> 15) * 3) / 4) >> 6);
}

function bands(): void {
  for (let b: i32 = 0; b < BANDS; b++) {
    const from: i32 = <i32>load<u8>(EDGE + <usize>b);
    const peak: i32 = <i32>load<u8>(EDGE + <usize>b, 1);
    const to: i32 = <i32>load<u8>(EDGE + <usize>b, 2);
    let sum: u64 = 1;
    let i: i32 = from;
    const up: u32 = 32768 / <u32>(peak - from);
    for (; i < peak; i++) sum += <u64>load<u32>(POWER + ((<usize>i) << 2)) * <u64>(<u32>(i - from) * up);
    const down: u32 = 32768 / <u32>(to - peak);
    for (; i < to; i++) sum += <u64>load<u32>(POWER + ((<usize>i) << 2)) * <u64>(<u32>(to - i) * down);
    store<i16>(OUT + ((<usize>b) << 1), <i16>log2(sum));
  }
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<u32>(POWER + ((<usize>(k & 127)) << 2), <u32>k * 70001);
    bands();
    h = h * 31 + <i32>load<i16>(OUT + ((<usize>(k % 14)) << 1));
  }
  return h;
}

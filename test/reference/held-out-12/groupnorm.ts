// Twelve channels of eighteen values, normed in four groups of three: mean and variance of a group (sums of 64 bits), the reciprocal root by a first guess from the leading bit and Newton's steps in Q30, a gain and an offset for each channel, then x times a sigmoid of straight pieces; int16.
const CHANNELS: i32 = 12;
const LENGTH: i32 = 18;
const GROUP: i32 = 3;
const MANY: i32 = GROUP * LENGTH;

const data: usize = 1024; // i16[12][18]
const gains: usize = 1536; // i16[12]
const offsets: usize = 1568; // i16[12]

/** 2^30 / sqrt(v) for v from 1. */
function rsqrt(v: u32): u32 {
  const even: i32 = clz(v) & ~1;
  const x: u64 = v << even; // from a quarter to one, Q32
  let y: u64 = 0x5a000000; // Q30
  if (x > 0x9fffffff) y = 0x48000000;
  else if (x < 0x5fffffff) y = 0x70000000;
  for (let i: i32 = 0; i < 4; i++) {
    const square: u64 = (y * y) >> 30;
    const product: u64 = (square * x) >> 32; // near one
    y = (y * (0xc0000000 - product)) >> 31;
  }
  return <u32>(y >> ((32 - even) >> 1));
}

function swish(v: i32): i32 {
  if (v >= 3072) return v;
  if (v <= -3072) return 0;
  return (v * (v + 3072)) / 6144;
}

function norm(group: usize, channel: i32): u32 {
  let sum: i64 = 0;
  let squares: i64 = 0;
  for (let i: i32 = 0; i < MANY; i++) {
    const v: i64 = load<i16>(group + (i << 1));
    sum += v;
    squares += v * v;
  }
  const mean: i32 = <i32>(sum / MANY);
  const variance: i64 = squares / MANY - <i64>mean * mean;
  const factor: u32 = rsqrt(<u32>variance + 1);
  let p: usize = group;
  for (let c: i32 = 0; c < GROUP; c++) {
    const place: usize = (channel + c) << 1;
    const gain: i64 = load<i16>(gains + place);
    const offset: i32 = load<i16>(offsets + place);
    for (let i: i32 = 0; i < LENGTH; i++) {
      const v: i64 = <i64>(load<i16>(p) - mean) * <i64>factor;
      store<i16>(p, <i16>swish(<i32>((v * gain) >> 30) + offset));
      p += 2;
    }
  }
  return factor;
}

export function run(n: i32): i32 {
  let s: u32 = 121;
  for (let i: i32 = 0; i < CHANNELS * LENGTH; i++) {
    s = s * 1103515245 + 12345;
    store<i16>(data + (i << 1), <i16>(s >> 16));
  }
  for (let c: i32 = 0; c < CHANNELS; c++) {
    s = s * 1103515245 + 12345;
    store<i16>(gains + (c << 1), <i16>(600 + (s >> 23)));
    store<i16>(offsets + (c << 1), <i16>((<i32>(s << 8)) >> 22));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let c: i32 = 0; c < CHANNELS; c += GROUP) {
      const factor: u32 = norm(data + c * LENGTH * 2, c);
      h = h * 31 + factor;
    }
    for (let i: i32 = 0; i < CHANNELS * LENGTH; i++) {
      const v: i32 = load<i16>(data + (i << 1));
      h = (h << 5) - h + v;
      s = s * 1103515245 + 12345;
      store<i16>(data + (i << 1), <i16>((v << 3) + ((<i32>s) >> 19)));
    }
  }
  return h;
}

// Attention in one pass, as it is done where there is no room for scores: each of six queries goes through fourteen keys with the greatest score, the sum and the mean so far; a greater score scales both down by a table of powers of two; eight values each (int8), one quotient a value at the end.
const QUERIES: i32 = 6;
const KEYS: i32 = 14;
const D: i32 = 8;
const Q: usize = 1024; // i8[6][8]
const K: usize = 1088; // i8[14][8]
const V: usize = 1216; // i8[14][8]
const SUMS: usize = 1344; // i32[8]
const OUT: usize = 1376; // i8[6][8]
const POWERS: usize = 1440; // u16[16]: 2^(-i / 16) in 1/32768

/** 2^(-x / 16) in 1/256 */
function power(x: i32): i32 {
  const whole: i32 = x >> 4;
  if (whole > 8) return 0;
  return <i32>load<u16>(POWERS + ((x & 15) << 1)) >> (7 + whole);
}

function attend(q: usize, out: usize): i32 {
  let greatest: i32 = -0x10000;
  let sum: i32 = 0;
  for (let d: i32 = 0; d < D; d++) store<i32>(SUMS + (d << 2), 0);
  for (let j: i32 = 0; j < KEYS; j++) {
    let score: i32 = 0;
    for (let d: i32 = 0; d < D; d++) score += <i32>load<i8>(q + d) * <i32>load<i8>(K + j * D + d);
    score >>= 7;
    let weight: i32 = 256;
    if (score > greatest) {
      const scale: i32 = power(score - greatest);
      for (let d: i32 = 0; d < D; d++) {
        const p: usize = SUMS + (d << 2);
        store<i32>(p, (load<i32>(p) * scale) >> 8);
      }
      sum = (sum * scale) >> 8;
      greatest = score;
    } else {
      weight = power(greatest - score);
      if (weight == 0) continue;
    }
    sum += weight;
    for (let d: i32 = 0; d < D; d++) {
      const p: usize = SUMS + (d << 2);
      store<i32>(p, load<i32>(p) + weight * <i32>load<i8>(V + j * D + d));
    }
  }
  for (let d: i32 = 0; d < D; d++) store<i8>(out + d, <i8>(load<i32>(SUMS + (d << 2)) / sum));
  return greatest;
}

export function run(n: i32): i32 {
  let s: u32 = 88001;
  // 2^(-1/16) in 1/65536, from one to the next with rounding
  let p: u32 = 32768 << 8;
  for (let i: i32 = 0; i < 16; i++) {
    store<u16>(POWERS + (i << 1), <u16>((p + 128) >> 8));
    p = <u32>((<u64>p * 62757 + 32768) >> 16);
  }
  for (let i: i32 = 0; i < QUERIES * D; i++) store<i8>(OUT + i, 0);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < QUERIES * D; i++) {
      s = s * 1664525 + 1013904223;
      store<i8>(Q + i, <i8>((<i32>s >> 25) + <i32>load<i8>(OUT + i) / 2));
    }
    for (let i: i32 = 0; i < 2 * KEYS * D; i++) {
      s = s * 1664525 + 1013904223;
      store<i8>(K + i + (i >= KEYS * D ? V - K - KEYS * D : 0), <i8>(<i32>s >> 24));
    }
    for (let i: i32 = 0; i < QUERIES; i++) h = h * 31 + attend(Q + i * D, OUT + i * D);
    for (let i: i32 = 0; i < QUERIES * D; i++) h = h * 31 + <i32>load<i8>(OUT + i);
  }
  return h;
}

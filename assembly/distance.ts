/**
 * Distances between vectors of whole numbers of at most 22 bits, up to 1024 of them. docs/numbers-features.md, section 8; TypeScript twin:
 * generator/features/distances/, one file a distance, with the bounds. `m` and `shift` lead to the step of the result.
 */
import { roundShift64 } from "./fixed";
import { isqrt } from "./isqrt";
import { bitsOf, toFixed } from "./scaled";
import { correlation } from "./shape";

export function manhattan(a: usize, b: usize, count: i32, m: i32, shift: i64): i32 {
  let total: i64 = 0;
  for (const end = a + (<usize>count << 2); a < end; a += 4, b += 4) {
    const d = <i64>load<i32>(a) - <i64>load<i32>(b);
    total += d < 0 ? -d : d;
  }
  return toFixed(total, 0, m, shift);
}

export function euclidean(a: usize, b: usize, count: i32, m: i32, shift: i64): i32 {
  let total: i64 = 0;
  for (const end = a + (<usize>count << 2); a < end; a += 4, b += 4) {
    const d = <i64>load<i32>(a) - <i64>load<i32>(b);
    total += d * d;
  }
  return toFixed(isqrt(total, 8), -8, m, shift);
}

/** (sum of |d|^5)^(1/5), differences brought to `bits` by one exponent: count 2^(5 bits) < 2^62. */
export function minkowski5(a: usize, b: usize, count: i32, bits: i64, m: i32, shift: i64): i32 {
  let peak: i64 = 0;
  for (let at: usize = 0; at < <usize>count << 2; at += 4) {
    const d = <i64>load<i32>(a + at) - <i64>load<i32>(b + at);
    peak = max(peak, d < 0 ? -d : d);
  }
  if (peak == 0) return 0;
  const exponent = bitsOf(peak) - bits;
  let total: i64 = 0;
  for (let at: usize = 0; at < <usize>count << 2; at += 4) {
    const d = <i64>load<i32>(a + at) - <i64>load<i32>(b + at);
    const u = roundShift64((d < 0 ? -d : d) << max<i64>(-exponent, 0), max<i64>(exponent, 0));
    const square = u * u;
    total += square * square * u;
  }
  return toFixed(fifthRoot(total), exponent - 8, m, shift);
}

/** Fifth root in Q8 for 0 < v < 2^62: bit by bit, then one step along the tangent. */
function fifthRoot(v: i64): i64 {
  let root: i64 = 0;
  for (let bit: i64 = 4096; bit > 0; bit >>= 1) {
    const trial = root | bit;
    // 6208^5 is the last fifth power below 2^63.
    if (trial <= 6208 && trial * trial * trial * trial * trial <= v) root = trial;
  }
  const fourth = root * root * root * root;
  return (root << 8) + ((v - fourth * root) << 8) / (5 * fourth);
}

/** 1 - a . b / (|a| |b|) in Q28; 1 where one of them is zero. */
export function cosine(a: usize, b: usize, count: i32, m: i32, shift: i64): i32 {
  let aa: i64 = 0;
  let bb: i64 = 0;
  let ab: i64 = 0;
  for (const end = a + (<usize>count << 2); a < end; a += 4, b += 4) {
    const x = <i64>load<i32>(a);
    const y = <i64>load<i32>(b);
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  return (1 << 28) - correlation(aa, bb, ab, m, shift);
}

/** The cosine distance of what is left when each vector's mean is taken off. */
export function correlationDistance(a: usize, b: usize, count: i32, m: i32, shift: i64): i32 {
  let aa: i64 = 0;
  let bb: i64 = 0;
  let ab: i64 = 0;
  let sumA: i64 = 0;
  let sumB: i64 = 0;
  for (const end = a + (<usize>count << 2); a < end; a += 4, b += 4) {
    const x = <i64>load<i32>(a);
    const y = <i64>load<i32>(b);
    aa += x * x;
    bb += y * y;
    ab += x * y;
    sumA += x;
    sumB += y;
  }
  const n = <i64>count;
  return (1 << 28) - correlation(n * aa - sumA * sumA, n * bb - sumB * sumB, n * ab - sumA * sumB, m, shift);
}

/** Bits that differ; a, b: i32[words] */
export function hamming(a: usize, b: usize, words: i32): i32 {
  let total = 0;
  for (const end = a + (<usize>words << 2); a < end; a += 4, b += 4) {
    total += popcnt(load<i32>(a) ^ load<i32>(b));
  }
  return total;
}

/**
 * Sums over one column of the window, exact or with a stated bound. TypeScript twin: generator/features/passes/, one
 * file a pass, with the bounds; generator/features/record.ts names the places of a record.
 *
 * A column is i32, |x| <= 2^31 - 1, from `column` to `end`, `stride` bytes apart (the ring of frames in the order of
 * memory: no sum here depends on the order, but for a global sign of the alternating one). At most 16384 = 2^14 steps.
 *
 *   record, i64:   +0 sum  +8 low  +16 high  +24 exponent  +32 power2  +40 cross 1  +48 cross 2
 *
 * Deviations from the mean are taken as d = n x - sum, exact whole numbers of 46 bits at most, and brought to 24 bits by one
 * exponent for the column: u = d / 2^exponent, rounded where that shortens it. So |u| <= 2^24, and the largest is at least 2^23.
 */
import { roundShift64 } from "./fixed";
import { bitsOf } from "./scaled";

/** Bits of the largest deviation. */
const BITS: i64 = 24;

/** sum, low, high */
export function sums(column: usize, end: usize, stride: usize, record: usize): void {
  let sum: i64 = 0;
  let low = i32.MAX_VALUE;
  let high = i32.MIN_VALUE;
  for (; column < end; column += stride) {
    const x = load<i32>(column);
    sum += <i64>x;
    low = min(low, x);
    high = max(high, x);
  }
  store<i64>(record, sum);
  store<i64>(record, <i64>low, 8);
  store<i64>(record, <i64>high, 16);
}

/** d / 2^exponent */
// @ts-ignore: decorator
@inline
function scaleDeviation(d: i64, exponent: i64): i64 {
  return roundShift64(d << max<i64>(-exponent, 0), max<i64>(exponent, 0));
}

/** exponent, power2 = sum of u^2; a constant column has exponent 0 and power2 0. */
export function spread(column: usize, end: usize, stride: usize, steps: i32, record: usize): void {
  const n = <i64>steps;
  const sum = load<i64>(record);
  const peak = max(n * load<i64>(record, 16) - sum, sum - n * load<i64>(record, 8));
  const exponent: i64 = peak == 0 ? 0 : bitsOf(peak) - BITS;
  let power2: i64 = 0;
  for (; column < end; column += stride) {
    const u = scaleDeviation(n * <i64>load<i32>(column) - sum, exponent);
    power2 += u * u;
  }
  store<i64>(record, exponent, 24);
  store<i64>(record, power2, 32);
}

/** Sum of u^3 / 2^24, each square rounded. */
export function power3(column: usize, end: usize, stride: usize, steps: i32, record: usize): i64 {
  const n = <i64>steps;
  const sum = load<i64>(record);
  const exponent = load<i64>(record, 24);
  let total: i64 = 0;
  for (; column < end; column += stride) {
    const u = scaleDeviation(n * <i64>load<i32>(column) - sum, exponent);
    total += u * roundShift64(u * u, BITS);
  }
  return total;
}

/** Sum of u^4 / 2^48, each square rounded. */
export function power4(column: usize, end: usize, stride: usize, steps: i32, record: usize): i64 {
  const n = <i64>steps;
  const sum = load<i64>(record);
  const exponent = load<i64>(record, 24);
  let total: i64 = 0;
  for (; column < end; column += stride) {
    const u = scaleDeviation(n * <i64>load<i32>(column) - sum, exponent);
    const square = roundShift64(u * u, BITS);
    total += square * square;
  }
  return total;
}

/** Sum of u v over two columns of one ring: the second column's first value lies `partner` bytes from the first's. */
export function cross(
  column: usize, end: usize, stride: usize, steps: i32, record: usize, partner: i32, partnerRecord: usize,
): i64 {
  const n = <i64>steps;
  const sumX = load<i64>(record);
  const sumY = load<i64>(partnerRecord);
  const exponentX = load<i64>(record, 24);
  const exponentY = load<i64>(partnerRecord, 24);
  let total: i64 = 0;
  for (; column < end; column += stride) {
    const u = scaleDeviation(n * <i64>load<i32>(column) - sumX, exponentX);
    const v = scaleDeviation(n * <i64>load<i32>(column + <usize>partner) - sumY, exponentY);
    total += u * v;
  }
  return total;
}

/** Sum of |n x - sum|, exact. */
export function absoluteDeviations(column: usize, end: usize, stride: usize, steps: i32, record: usize): i64 {
  const n = <i64>steps;
  const sum = load<i64>(record);
  let total: i64 = 0;
  for (; column < end; column += stride) {
    const d = n * <i64>load<i32>(column) - sum;
    total += d < 0 ? -d : d;
  }
  return total;
}

/** By how much values up to low and high must be shortened so that their squares sum within 64 bits. */
// @ts-ignore: decorator
@inline
export function squareShift(record: usize): i64 {
  return max<i64>(bitsOf(max(load<i64>(record, 16), -load<i64>(record, 8))) - BITS, 0);
}

/** Sum of (x / 2^squareShift)^2, each x rounded. */
export function squares(column: usize, end: usize, stride: usize, record: usize): i64 {
  const shift = squareShift(record);
  let total: i64 = 0;
  for (; column < end; column += stride) {
    const v = roundShift64(<i64>load<i32>(column), shift);
    total += v * v;
  }
  return total;
}

/** Sum of x with alternating signs: the spectrum at half the sampling rate, for an even number of steps. */
export function alternating(column: usize, end: usize, stride: usize): i64 {
  let total: i64 = 0;
  for (; column < end; column += stride << 1) {
    total += <i64>load<i32>(column) - <i64>load<i32>(column + stride);
  }
  return total;
}

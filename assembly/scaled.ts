/**
 * Integers with a binary exponent: value * 2^exponent. Statistics of a window have a range that no fixed format covers
 * (a variance goes with the square of the signal), so they stay in this form until the last step brings them to the
 * format of their feature. TypeScript twin: generator/features/integer/scaled.ts, with the bounds.
 */
import { divideRound, roundShift64, saturate32 } from "./fixed";

/** Bits of |v|: 0 for 0. */
// @ts-ignore: decorator
@inline
export function bitsOf(v: i64): i64 {
  return 64 - clz(v < 0 ? -v : v);
}

/** By how many bits v is longer than 31 bits. */
// @ts-ignore: decorator
@inline
export function excess(v: i64): i64 {
  return max<i64>(bitsOf(v) - 31, 0);
}

/** v in at most 31 bits (2^31 itself included), rounded: v is near reduce(v) * 2^excess(v). */
// @ts-ignore: decorator
@inline
export function reduce(v: i64): i64 {
  return roundShift64(v, excess(v));
}

/**
 * value * 2^exponent * m / 2^shift, rounded and saturated. 0 <= m < 2^31; any exponent and shift of less than 2^20.
 * Besides the final rounding, a value of more than 31 bits loses half a unit of its 31st.
 */
export function toFixed(value: i64, exponent: i64, m: i32, shift: i64): i32 {
  const product = reduce(value) * <i64>m; // at most 2^62
  const right = shift - exponent - excess(value);
  if (right > 63) return 0;
  if (right >= 0) return saturate32(roundShift64(product, right));
  if (product == 0) return 0;
  if (bitsOf(product) - right > 62) return product < 0 ? i32.MIN_VALUE : i32.MAX_VALUE;
  return saturate32(product << -right);
}

/** a * 2^31 / b for |a| <= 2^31 and 0 < b <= 2^31, rounded. */
// @ts-ignore: decorator
@inline
export function ratio31(a: i64, b: i64): i64 {
  return divideRound(a << 31, b);
}

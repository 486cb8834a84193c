/**
 * Twin of assembly/fixed.ts: the same bits in plain numbers. Where the kernel has 64 bits, products are split
 * into halves of 16 bits, so that every intermediate is an integer below 2^53 and exact in a double.
 */
import { saturated } from '../../emit/saturations.ts';

const INT16_MAX = 32767;
const INT16_MIN = -32768;

const TWO_16 = 65536;

/** 2^0 .. 2^63, looked up because exponentiation is slow in a loop. */
const POW2 = Float64Array.from({ length: 64 }, (_, exponent) => 2 ** exponent);

export const saturate16 = (x: number): number =>
  x < INT16_MIN ? saturated(INT16_MIN) : x > INT16_MAX ? saturated(INT16_MAX) : x;

export const saturate8 = (x: number): number => (x < -128 ? saturated(-128) : x > 127 ? saturated(127) : x);

/** x / 2^shift rounded, ties toward +infinity; x an i32, 0 <= shift <= 31, and x + half must fit 32 bits. */
export const roundShift32 = (x: number, shift: number): number => (x + ((1 << shift) >>> 1)) >> shift;

/** floor((high * 2^16 + low + 2^(shift-1)) / 2^shift) for integers |high|, |low| < 2^51; shift >= 0. */
export function roundShiftSplit(high: number, low: number, shift: number): number {
  if (shift <= 16) return Math.floor((high * TWO_16 + low) / POW2[shift] + (shift > 0 ? 0.5 : 0));
  const carried = Math.floor(low / TWO_16) + high;
  const half = POW2[shift - 17];
  return Math.floor((carried + half) / POW2[shift - 16]);
}

/**
 * a * m / 2^shift rounded, ties toward +infinity, for i32 a and 0 <= m < 2^31. Exact whenever the result fits 32
 * bits, which the caller has proved: with shift <= 16 the product is then below 2^47.
 */
export function multiplyShift(a: number, m: number, shift: number): number {
  return roundShiftSplit(a * (m >>> 16), a * (m & 0xffff), shift);
}

export const requantize = (a: number, m: number, shift: number): number =>
  saturate16(multiplyShift(a, m, shift));

/** An int16 value into another int16 format, in 32 bits only: 0 <= m <= 32767, 0 <= shift <= 30. */
export const rescale16 = (x: number, m: number, shift: number): number =>
  saturate16(roundShift32(Math.imul(x, m), shift));

/** An int16 value for a buffer of 8 bits that drops so many bits. */
export const narrow8 = (x: number, dropped: number): number => saturate8(roundShift32(x, dropped));

/** Nearest integer to n / d, ties away from zero; d > 0, |n| + d < 2^52, below which no
 * quotient of doubles rounds up to an integer that the exact one does not reach. */
export function divideRound(n: number, d: number): number {
  const half = Math.floor(d / 2);
  return Math.trunc((n < 0 ? n - half : n + half) / d);
}

/** floor((high * 2^16 + low) / 2^shift) for integers |high|, |low| < 2^51; shift >= 0; exact where it fits 32 bits. */
export function floorShiftSplit(high: number, low: number, shift: number): number {
  if (shift <= 16) return Math.floor((high * TWO_16 + low) / POW2[shift]);
  return Math.floor((high + Math.floor(low / TWO_16)) / POW2[shift - 16]);
}

/** a * m / 2^shift rounded down, for i32 a and 0 <= m < 2^31, where the result fits 32 bits. */
export const scaleDown64 = (a: number, m: number, shift: number): number =>
  floorShiftSplit(a * (m >>> 16), a * (m & 0xffff), shift);

/** (a * m + b * n) / 2^shift rounded down, for i32 a, b and 0 <= m, n < 2^31, where the result fits 32 bits. */
export const scaleDownSum64 = (a: number, m: number, b: number, n: number, shift: number): number =>
  floorShiftSplit(a * (m >>> 16) + b * (n >>> 16), a * (m & 0xffff) + b * (n & 0xffff), shift);

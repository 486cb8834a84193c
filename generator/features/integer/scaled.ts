/**
 * Twin of assembly/scaled.ts, in BigInt, and the constants that go with it.
 *
 * `toFixed` is off by at most half a step of the result, and by 2^-30 of the value: 2^-31 for a value that is reduced to 31 bits
 * (it is at least 2^30 then), 2^-31 for a constant of 31 bits.
 */
import { bitLength, divideRound, fits64, roundShift } from '../../stages/integer.ts';

const INT32_MAX = 2147483647n;
const INT32_MIN = -2147483648n;

const magnitude = (v: bigint): bigint => (v < 0n ? -v : v);

export const bitsOf = (v: bigint): number => bitLength(magnitude(v));
export const excess = (v: bigint): number => Math.max(bitsOf(v) - 31, 0);
export const reduce = (v: bigint): bigint => roundShift(v, BigInt(excess(v)));

export const saturate32 = (v: bigint): number =>
  Number(v < INT32_MIN ? INT32_MIN : v > INT32_MAX ? INT32_MAX : v);

/** A real factor as m / 2^shift, 2^30 <= m < 2^31 (m = 0 for 0). */
export interface Factor {
  m: number;
  shift: number;
}

export function factorOf(real: number): Factor {
  if (!(real >= 0 && Number.isFinite(real))) throw new Error(`${real} is no factor`);
  if (real === 0) return { m: 0, shift: 0 };
  let shift = 30 - Math.floor(Math.log2(real));
  let m = Math.round(times2(real, shift));
  // log2 may be off by one at powers of two, and rounding may reach the next one.
  while (m >= 2 ** 31) m = Math.round(times2(real, --shift));
  while (m < 2 ** 30) m = Math.round(times2(real, ++shift));
  return { m, shift };
}

/** real * 2^exponent in two steps: 2^exponent alone may leave the range of a double. */
const times2 = (real: number, exponent: number): number => {
  const half = Math.trunc(exponent / 2);
  return real * 2 ** half * 2 ** (exponent - half);
};

export function toFixed(value: bigint, exponent: number, { m, shift }: Factor): number {
  const product = fits64(reduce(value) * BigInt(m), 'value times factor');
  const right = shift - exponent - excess(value);
  if (right > 63) return 0;
  if (right >= 0) return saturate32(roundShift(product, BigInt(right)));
  return saturate32(product << BigInt(Math.min(-right, 100)));
}

export const ratio31 = (a: bigint, b: bigint): bigint => divideRound(a << 31n, b);

/**
 * Twin of the passes in assembly/statistics.ts.
 *
 * Every |x| is at most 2^31 and there are at most 2^14 steps n, so sums stay below 2^45, d = n x - sum below 2^46, and sums of
 * |d| below 2^60. Deviations u = d / 2^exponent have at most 24 bits: sums of u^2, of u times a square of 24 bits, and of
 * squares of squares of 24 bits stay at 2^62.
 *
 * Rounding u moves it by at most 1/2, where exponent > 0. As the largest |u| is at least 2^23, the norm of u moves by a share of at
 * most sqrt(n) / 2^24, and power2 by 2^-23 sqrt(n) (`SPREAD_ERROR`).
 */
import { fits64, roundShift } from '../../stages/integer.ts';
import { bitsOf } from '../integer/scaled.ts';

const BITS = 24;

export interface Sums {
  sum: bigint;
  low: number;
  high: number;
}

export interface Spread {
  /** d = u * 2^exponent */
  exponent: number;
  u: readonly bigint[];
  power2: bigint;
}

/** Largest relative error of power2. */
export const spreadError = (steps: number): number => Math.sqrt(steps) * 2 ** -23 + steps * 2 ** -48;

export function sumsOf(x: readonly number[]): Sums {
  return {
    sum: BigInt(x.reduce((a, b) => a + b, 0)),
    low: x.reduce((a, b) => Math.min(a, b)),
    high: x.reduce((a, b) => Math.max(a, b)),
  };
}

/** n x - sum, exact. */
export const deviations = (x: readonly number[], { sum }: Sums): bigint[] =>
  x.map((v) => BigInt(x.length) * BigInt(v) - sum);

export function spreadOf(x: readonly number[], sums: Sums): Spread {
  const d = deviations(x, sums);
  const peak = d.reduce((most, v) => (v > most ? v : -v > most ? -v : most), 0n);
  const exponent = peak === 0n ? 0 : bitsOf(peak) - BITS;
  const u = d.map((v) => roundShift(v << BigInt(Math.max(-exponent, 0)), BigInt(Math.max(exponent, 0))));
  return { exponent, u, power2: total(u, (v) => v * v) };
}

const square = (v: bigint): bigint => roundShift(v * v, BigInt(BITS));

/** Sum of u^3 / 2^24. */
export const power3 = ({ u }: Spread): bigint => total(u, (v) => v * square(v));
/** Sum of u^4 / 2^48. */
export const power4 = ({ u }: Spread): bigint => total(u, (v) => square(v) ** 2n);
/** Sum of u v. */
export const cross = (a: Spread, b: Spread): bigint => total(a.u, (v, i) => v * b.u[i]);

/** Sum of |n x - sum|. */
export const absoluteDeviations = (x: readonly number[], sums: Sums): bigint =>
  total(deviations(x, sums), (d) => (d < 0n ? -d : d));

export const squareShift = ({ low, high }: Sums): number =>
  Math.max(bitsOf(BigInt(Math.max(high, -low))) - BITS, 0);

/** Sum of (x / 2^squareShift)^2. */
export function squares(x: readonly number[], sums: Sums): bigint {
  const shift = BigInt(squareShift(sums));
  return total(x, (v) => roundShift(BigInt(v), shift) ** 2n);
}

/** Sum with alternating signs. */
export const alternating = (x: readonly number[]): bigint =>
  total(x, (v, i) => (i % 2 ? -BigInt(v) : BigInt(v)));

const total = <T>(items: readonly T[], term: (item: T, i: number) => bigint): bigint =>
  fits64(
    items.reduce((sum, item, i) => sum + term(item, i), 0n),
    'sum of a pass',
  );

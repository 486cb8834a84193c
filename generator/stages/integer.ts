/** 64-bit twins of `assembly/fixed.ts` and `assembly/isqrt.ts` for the integer references of stages. */
import { saturated } from '../emit/saturations.ts';

/** x / 2^shift, rounded to nearest, ties toward +infinity. */
export const roundShift = (x: bigint, shift: bigint): bigint =>
  shift === 0n ? x : (x + (1n << (shift - 1n))) >> shift;

/** n / d to nearest, ties away from zero, for d > 0. */
export const divideRound = (n: bigint, d: bigint): bigint => (n < 0n ? n - (d >> 1n) : n + (d >> 1n)) / d;

export const saturate16 = (x: bigint): number =>
  x < -32768n ? saturated(-32768) : x > 32767n ? saturated(32767) : Number(x);

/** floor(sqrt(v) * 2^fraction), v >= 0. */
export function isqrt(v: bigint, fraction = 0): bigint {
  const n = v << BigInt(2 * fraction);
  if (n < 2n) return n;
  // Newton from above: the first step that does not fall is the floor.
  let root = 1n << BigInt((bitLength(n) + 1) >> 1);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Bits of a non-negative integer; 0 has none. */
export const bitLength = (v: bigint): number => (v === 0n ? 0 : v.toString(2).length);

/** Throws when a value does not fit a signed 64-bit register: references catch a wrong proof instead of wrapping. */
export function fits64(x: bigint, what: string): bigint {
  if (BigInt.asIntN(64, x) !== x) throw new Error(`${what} does not fit 64 bits: ${x}`);
  return x;
}

/** Intervals of integers, and what they say of 32-bit values. */
import { HALF, MODULUS, type Range } from './affine.ts';

export const exactly = (value: number): Range => ({ lo: value, hi: value });
export const hull = (a: Range, b: Range): Range => ({ lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) });

export const FULL_RANGE: Range = { lo: -HALF, hi: HALF - 1 };
export const BOOLEAN: Range = { lo: 0, hi: 1 };
export const UNSIGNED: Range = { lo: 0, hi: MODULUS - 1 };

/** The same residues as integers in [-2^31, 2^31), or undefined where the interval crosses that border. */
export function signed({ lo, hi }: Range): Range | undefined {
  const shift = Math.floor((lo + HALF) / MODULUS) * MODULUS;
  return hi - shift < HALF ? { lo: lo - shift, hi: hi - shift } : undefined;
}

/** The same residues as integers in [0, 2^32), or undefined. */
export function unsigned({ lo, hi }: Range): Range | undefined {
  const shift = Math.floor(lo / MODULUS) * MODULUS;
  return hi - shift < MODULUS ? { lo: lo - shift, hi: hi - shift } : undefined;
}

/** Some representation of the same residues, the whole 32-bit range when there is no smaller one. */
export const canonical = (r: Range): Range => signed(r) ?? unsigned(r) ?? FULL_RANGE;

/** Residues of both. Tries the two representations and takes the narrower hull. */
export function union(a: Range, b: Range): Range {
  const options = [
    [signed(a), signed(b)],
    [unsigned(a), unsigned(b)],
  ].flatMap(([x, y]) => (x && y ? [hull(x, y)] : []));
  const best = options.sort((x, y) => x.hi - x.lo - (y.hi - y.lo))[0];
  return best ?? FULL_RANGE;
}

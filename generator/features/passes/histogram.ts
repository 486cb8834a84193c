/** Twin of assembly/histogram.ts, and the float histogram. */
import { log2Q24 } from '../integer/log2.ts';
import type { Sums } from './sums.ts';

/** Bins that fit the kernel's scratch. */
export const MAX_BINS = 256;

/** Whole numbers below 2^32 times at most 256 bins are exact in a double, and so is the floor of their quotients. */
export function histogram(
  x: ArrayLike<number>,
  bins: number,
  { low, high }: Pick<Sums, 'low' | 'high'>,
): number[] {
  const counts = new Array<number>(bins).fill(0);
  const range = high - low;
  for (let i = 0; i < x.length; i++) {
    const bin = range > 0 ? Math.floor(((x[i] - low) * bins) / range) : 0;
    counts[Math.min(bin, bins - 1)] += 1;
  }
  return counts;
}

/** Of equal bins the first. */
export const fullest = (counts: readonly number[]): number => counts.indexOf(Math.max(...counts));

/** steps times the entropy in bits, Q24. */
export function entropyQ24(counts: readonly number[], steps: number): bigint {
  return counts
    .filter((count) => count > 1)
    .reduce(
      (total, count) => total - BigInt(count) * BigInt(log2Q24(count)),
      BigInt(steps) * BigInt(log2Q24(steps)),
    );
}

/** Twin of assembly/rank.ts. */

/** Twice the median: the middle value twice, or the sum of the two in the middle. */
export function twiceMedian(x: ArrayLike<number>): number {
  const sorted = Float64Array.from(x).sort();
  const half = sorted.length >> 1;
  return sorted[half] + sorted[sorted.length % 2 ? half : half - 1];
}

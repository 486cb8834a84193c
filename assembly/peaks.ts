/**
 * Successive local maxima of a column in the order of time. A maximum is a sample above the one before it and not below the
 * one after it. TypeScript twin: generator/features/passes/peaks.ts.
 */
import { divideRound } from "./fixed";

/**
 * Mean absolute difference between successive maxima, Q20, rounded; 0 with fewer than two.
 *
 * @param ring value of slot 0
 * @param oldest bytes from there to the oldest sample
 */
export function meanPeakDifference(ring: usize, end: usize, stride: usize, oldest: usize, steps: i32): i64 {
  let at = ring + oldest;
  let before = load<i32>(at);
  at = at + stride == end ? ring : at + stride;
  let here = load<i32>(at);
  let last = 0;
  let count: i64 = 0;
  let total: i64 = 0;
  for (let step = 2; step < steps; step++) {
    at = at + stride == end ? ring : at + stride;
    const after = load<i32>(at);
    if (here > before && here >= after) {
      const rise = <i64>here - <i64>last;
      total += count == 0 ? 0 : rise < 0 ? -rise : rise;
      last = here;
      count += 1;
    }
    before = here;
    here = after;
  }
  return count < 2 ? 0 : divideRound(total << 20, count - 1);
}

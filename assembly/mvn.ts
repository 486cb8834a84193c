/**
 * Diagonal multivariate-normal template: exact sums at enrolment, one distance at decision (DeepAuth paper, eq. 2).
 * The TypeScript twin is in generator/stages/mvn-reference.ts.
 *
 *   template, i64:  +0 sum of feature 0   +8 sum of its squares   +16 sum of feature 1   ...
 *   count, i32:     enrolled windows n, at most 1024: n * squares and sum^2 stay below 2^51
 *
 * With mean = S / n and std = sqrt(n Q - S^2) / n, |f - mean| / (std + epsilon) = |n f - S| / (sqrt(n Q - S^2) + epsilon n).
 */
import { divideRound, roundShift64 } from "./fixed";
import { isqrt } from "./isqrt";

/** A single feature counts at most 2^20, so that the total of any number of features fits. */
const LARGEST_TERM: i64 = 1 << 40;

/** Adds a window's features (i16); the number of windows so far, or -3 when the template holds `limit`. */
export function enrolFeatures(features: usize, length: i32, template: usize, count: usize, limit: i32): i32 {
  const n = load<i32>(count);
  if (n >= limit) return -3;
  for (let j = 0; j < length; j++) {
    const f = <i32>load<i16>(features);
    store<i64>(template, load<i64>(template) + <i64>f);
    store<i64>(template, load<i64>(template, 8) + <i64>(f * f), 8);
    features += 2;
    template += 16;
  }
  store<i32>(count, n + 1);
  return n + 1;
}

/**
 * Distance in Q20 of a window's features (i16) from the template of `count` >= 1 windows. Every feature is summed
 * whatever the others say, in a number of steps that does not depend on the values.
 *
 * @param epsilon in feature steps, Q32, below 2^52
 */
export function distance(features: usize, length: i32, template: usize, count: i32, epsilon: i64): i64 {
  const n = <i64>count;
  const floor = max<i64>(roundShift64(epsilon * n, 16), 1);
  let total: i64 = 0;
  for (let j = 0; j < length; j++) {
    const sum = load<i64>(template);
    const spread = isqrt(n * load<i64>(template, 8) - sum * sum, 16); // n std, Q16
    const away = n * <i64>load<i16>(features) - sum;
    const term = divideRound((away < 0 ? -away : away) << 36, spread + floor); // Q20
    total += min(term, LARGEST_TERM);
    features += 2;
    template += 16;
  }
  return total;
}

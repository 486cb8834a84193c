/**
 * How much the search for a bound does before it is given up. Blocks alone do not say it: where no way of many is like another, each
 * block goes with copies and comparisons of all that was passed. A unit is an entry of a tally that is copied; what else there is
 * weighs as its measured time does. Units and not time, so that the answer is the same everywhere.
 */
import type { State } from './outcomes.ts';
import type { Tally } from './tally.ts';

/** About a second. The longest window of the project's own kernels takes two thirds of it. */
export const MOST_WORK = 40_000_000;

const sizeOf = ({ variables, tally }: State): number => variables.length + tally.size;

export const workOf = {
  pass: 32,
  /** A way among those that meet. */
  meeting: 8,
  call: (passed: Tally): number => 64 + passed.size,
  copy: (state: State): number => 64 + sizeOf(state),
  /** The dearer of two is found. */
  choice: (a: Tally, b: Tally): number => 64 + a.size + b.size,
  /** What a loop was found to pass is taken up on the way to it. */
  recall: (way: State, loop: State): number => 128 + sizeOf(way) + 4 * sizeOf(loop),
};

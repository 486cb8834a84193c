import { expect, it } from 'vitest';
import { choose } from './invariant-choice.ts';

const once = (...values: number[]) => new Map(values.map((v) => [v, 1]));

/*
 * gcc 12.2, kernel sleepcole, Cortex-A7, -fdump-rtl-loop2_invariant-details, the loop around all others, which calls a function:
 *   Set in insn 10 is invariant (0), cost 4;  69 (1), cost 8;  72 (2), cost 12;  115 (3), cost 4
 *   Decided to move invariant 2 -- gain 12;  1 -- gain 8;  0 -- gain 4
 */
it('moves three out of a loop that calls, the longest first', () => {
  expect([...choose(once(0, 1664525, 1013904223, 1324), true)]).toEqual([1013904223, 1664525, 0]);
});

/*
 * gcc 12.2, kernel kvcache, Cortex-A7, a loop without a call:
 *   Set in insn 101 is invariant (0), cost 4;  103 (1), cost 12;  107, 117, 122, 132, 164 (2 to 6), cost 4
 *   Decided to move invariant 1 -- gain 12;  0, 2, 3, 4, 5, 6 -- gain 4
 */
it('moves seven out of one that does not', () => {
  const values = [60384, 134775813, 60385, 60600, 60000, 0, 60192];
  expect([...choose(once(...values), false)]).toEqual([134775813, ...values.filter((v) => v !== 134775813)]);
});

it('moves no more than nine short ones', () => {
  expect(choose(once(...Array.from({ length: 14 }, (_, i) => i + 1)), false).size).toBe(9);
});

it('counts what is made in several places for each', () => {
  const places = once(1, 2, 3, 4);
  places.set(4, 3);
  expect([...choose(places, true)]).toEqual([4, 1, 2]);
});

import { expect, it } from 'vitest';
import fc from 'fast-check';
import { immediateDominators } from './immediate-dominators.ts';
import { reversePostorder } from './reverse-postorder.ts';

const of = (...before: number[][]): number[] => immediateDominators(before.length, (i) => before[i]!);

it('finds the figures of the literature', () => {
  expect(of([], [0], [0], [1, 2], [3])).toEqual([0, 0, 0, 0, 3]); // a diamond and what follows it
  expect(of([], [0, 3], [1], [2], [2])).toEqual([0, 0, 1, 2, 2]); // a loop
  expect(of([], [0, 2], [0, 1])).toEqual([0, 0, 0]); // a loop that is entered twice
  expect(of([], [0, -1])).toEqual([0, 0]);
});

it('is what every way from the first place goes through last', () => {
  const graphs = fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(graphs, (ways) => {
      const next = (x: number) => (ways[x] ?? []).filter((to) => to < ways.length);
      const order = reversePostorder(0, next);
      const before = order.map((x) => order.flatMap((from, i) => (next(from).includes(x) ? [i] : [])));
      const above = immediateDominators(order.length, (i) => before[i]!);
      const dominates = (a: number, b: number): boolean => {
        // b is not reached where a is taken away.
        if (a === b || order[a] === 0) return true;
        const rest = (x: number) => next(x).filter((to) => to !== order[a]);
        return !reversePostorder(0, rest).includes(order[b]!);
      };
      for (let b = 1; b < order.length; b++) {
        const strict = order.flatMap((_, a) => (a !== b && dominates(a, b) ? [a] : []));
        expect(strict).toContain(above[b]);
        for (const a of strict) expect(dominates(a, above[b]!)).toBe(true);
      }
    }),
  );
});

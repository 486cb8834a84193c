import { expect, it } from 'vitest';
import { cores } from '../../../cores/index.ts';
import { multipleCost } from './multiples.ts';

/*
 * gcc 12.2 -O2 -mthumb, for (i = 0; i != n; i++) asm volatile("" :: "r"(i * FACTOR)), -fdump-tree-ivopts-details: the cost of serving it by the candidate that begins with 0 and goes on by 1.
 */
it.each([
  ['cortex-m4', [4, 4, 4, 8, 4, 4, 8, 8, 4, 8, 8, 4, 8, 4, 4, 8]],
  ['cortex-m33', [4, 4, 4, 8, 4, 4, 8, 8, 4, 8, 8, 4, 8, 4, 4, 8]],
  ['cortex-a7', Array.from({ length: 16 }, () => 4)],
  ['cortex-a8', [4, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 4, 8, 8, 8, 8]],
] as const)('multiplies at the price of the core: %s', (core, costs) => {
  const factors = [2, 3, 5, 6, 7, 9, 10, 11, 31, 37, 54, -1, -2, -3, -7, -54];
  expect(factors.map((f) => multipleCost(f, 32, { ...cores[core], small: false }))).toEqual(costs);
});

/* The same with unsigned long long. */
it.each([
  [
    'cortex-m4',
    [8, 16, 12, 20, 24, 20, 12, 20, 28, 36, 28, 12, 20, 32, 20, 32, 40, 32, 28, 44, 40, 12, 44, 52, 60],
  ],
  [
    'cortex-a7',
    [8, 16, 16, 24, 24, 28, 20, 28, 32, 40, 32, 20, 28, 40, 28, 44, 52, 44, 36, 52, 56, 20, 52, 72, 76],
  ],
  [
    'cortex-a8',
    [8, 16, 16, 24, 24, 28, 20, 28, 32, 40, 32, 20, 28, 40, 28, 44, 52, 44, 36, 52, 56, 20, 52, 72, 76],
  ],
] as const)('makes multiples of two words by steps: %s', (core, costs) => {
  const factors = [
    2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 17, 20, 31, 36, 37, 40, 48, 54, 55, 64, 100, 1000, 1003,
  ];
  expect(factors.map((f) => multipleCost(f, 64, { ...cores[core], small: false }))).toEqual(costs);
});

it.each([
  ['cortex-m4', [12, 20, 20, 24, 20, 24, 48]],
  ['cortex-a7', [12, 20, 28, 28, 28, 32, 60]],
] as const)('takes what is negative from something, or negates it: %s', (core, costs) => {
  const factors = [-1, -2, -3, -4, -7, -8, -54];
  expect(factors.map((f) => multipleCost(f, 64, { ...cores[core], small: false }))).toEqual(costs);
});

/* The same with __attribute__((cold)). */
it('multiplies in one operation a word where code is small', () => {
  const small = { ...cores['cortex-m4'], small: true };
  expect([3, 54, -7].flatMap((f) => [multipleCost(f, 32, small), multipleCost(f, 64, small)])).toEqual([
    4, 8, 4, 8, 4, 8,
  ]);
});

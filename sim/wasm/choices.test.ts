import { expect, it } from 'vitest';
import { assemble, type Op } from './assemble.ts';
import { analyse, instrument, openMeter } from './index.ts';

const select = (op: string): Op[] => [
  ['local.get', 0],
  ['i32.const', 5],
  ['local.get', 0],
  ['i32.const', 5],
  [op],
  ['select'],
];

/** Calls f(x) once for each x. */
function counted(body: Op[], xs: readonly number[]) {
  const source = { export: 'f', params: ['i32'], results: ['i32'], locals: ['i32'], body };
  const meter = openMeter(instrument(analyse(assemble([source]))));
  const results: number[] = [];
  const counts = meter.count(({ exports }) => {
    for (const x of xs) results.push((exports.f as (x: number) => number)(x));
  });
  return { results, choices: counts.choices };
}

it('counts how choices fall, and leaves them as they are', () => {
  const { results, choices } = counted(select('i32.lt_s'), [1, 4, 5, 9]);
  expect(results).toEqual([1, 4, 5, 5]);
  expect(choices).toMatchObject([{ f: 0, at: 5, runs: 4, first: 2 }]);
});

it('counts what an equality chooses', () => {
  const { results, choices } = counted(select('i32.eq'), [1, 5, 5, 5]);
  expect(results).toEqual([5, 5, 5, 5]);
  expect(choices).toMatchObject([{ runs: 4, first: 3 }]);
});

it('counts in loops', () => {
  // x down to 1: max(x, 5) adds up
  const body: Op[] = [
    ['loop', 'void'],
    ['local.get', 1],
    ...select('i32.gt_s'),
    ['i32.add'],
    ['local.set', 1],
    ['local.get', 0],
    ['i32.const', -1],
    ['i32.add'],
    ['local.tee', 0],
    ['br_if', 0],
    ['end'],
    ['local.get', 1],
  ];
  const { results, choices } = counted(body, [8, 2]);
  expect(results).toEqual([8 + 7 + 6 + 5 * 5, 10]);
  expect(choices).toMatchObject([{ runs: 10, first: 3 }]);
});

it('counts a condition that is not 0 or 1, where a branch follows', () => {
  const body: Op[] = [
    ['i32.const', 0],
    ['i32.const', 7],
    ['local.get', 0],
    ['select'],
    ['if', 'i32'],
    ['i32.const', 1],
    ['else'],
    ['i32.const', 2],
    ['end'],
  ];
  const { results, choices } = counted(body, [0, 4, -1]);
  expect(results).toEqual([1, 2, 2]);
  expect(choices).toMatchObject([{ runs: 3, first: 2 }]);
});

it('leaves alone what never becomes a branch', () => {
  expect(counted(select('i32.lt_u'), [1, 9]).choices).toBeUndefined();
});

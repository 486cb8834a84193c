import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

/*
 * Of `j >= gap && data[j - gap] > v` the first test is copied before the loop, the second is not: what it compares is no counter.
 *   gcc 12.2, kernel shellsort without checks, Cortex-M4   cmp r7, r1;  bgt.n;  ..  b.n;  (loop) cmp ip, r7;  strh;  blt.n;  ..  ldrh.w r1, [r0, r8];  sxth r3, r1;  cmp r4, r3;  blt.n
 */
it('copies tests of counters before a loop, and no test of what the loop reads', () => {
  const body = (second: Op[]): Op[] => [
    ['block', 'void'],
    ['loop', 'void'],
    ['local.get', 0],
    ['local.get', 1],
    ['i32.lt_s'],
    ['br_if', 1],
    ...second,
    ['i32.const', 50],
    ['i32.lt_s'],
    ['br_if', 1],
    ['local.get', 0],
    ['i32.const', 1],
    ['i32.sub'],
    ['local.set', 0],
    ['local.get', 2],
    ['local.get', 0],
    ['i32.load8_u', 0, 0],
    ['i32.add'],
    ['local.set', 2],
    ['br', 0],
    ['end'],
    ['end'],
    ['local.get', 2],
  ];
  const tests = (second: Op[]) =>
    listing(
      { params: ['i32', 'i32'], results: ['i32'], locals: ['i32'], body: body(second) },
      [100, 10],
      firmware(false),
    )
      .flatMap((b) => b.code)
      .filter((t) => t.startsWith('cmp')).length;
  expect(
    tests([
      ['local.get', 0],
      ['i32.load8_s', 0, 512],
    ]),
  ).toBe(3 + 1);
  expect(tests([['local.get', 0]])).toBe(4 + 1);
});

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

/*
 * A list is followed to its end or to a value that is too large; between that test and the way back, variables change places only, so the first test is not copied before the loop.
 *   gcc 12.2, kernel eventq without checks, Cortex-M4   (entry) b 590;  (584) ...;  ldr r4, [r4, #4];  cmp r4, #0;  bgt 4b6;  (590) mov r1, r3;  ldr r3, [r2, r3];  cmp r3, #0;  bne 584
 */
it('copies no test where the loop ends in one', () => {
  const body = (last: Op[]): Op[] => [
    ['block', 'void'],
    ['loop', 'void'],
    ...([['local.get', 0], ['i32.load', 4], ['local.tee', 1], ['i32.eqz'], ['br_if', 1]] as Op[]),
    ...([['local.get', 1], ['i32.load', 0], ['i32.const', 50], ['i32.ge_s'], ['br_if', 1]] as Op[]),
    ...last,
    ...([
      ['local.get', 1],
      ['local.set', 0],
      ['br', 0],
    ] as Op[]),
    ['end'],
    ['end'],
    ['local.get', 0],
  ];
  const reads = (last: Op[]) =>
    listing(
      { params: ['i32'], results: ['i32'], locals: ['i32', 'i32'], body: body(last) },
      [100],
      firmware(false),
    )
      .flatMap((b) => b.code)
      .filter((t) => t === 'ldr').length;
  expect(reads([])).toBe(2);
  expect(
    reads([
      ['local.get', 1],
      ['local.get', 2],
      ['i32.store', 8],
    ]),
  ).toBe(3);
});

import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { listing } from './listing.ts';

/*
 * Behind many checks, each taken to trap one time in ten, nothing is hot. A loop from a number to a number still tests at its bottom, one that may not run at all tests at its top.
 *   gcc 12.2 -O2, kernel rnnrelu with checks, Cortex-M4, the loop of 32   ldrsb.w r7, [r3, #1]!;  ldrsb.w ip, [r2, #1]!;  cmp r6, r2;  mla r1, ip, r7, r1;  bne.n
 *   its dump of ch2, block 36 (191474 of 1073741824)                      Duplicating header of the loop 5 up to edge 37->39
 */
const read = (address: number): Op[] => [
  ['local.get', 2],
  ['i32.const', address],
  ['i32.load', 2, 0],
  ['i32.load', 2, 0],
  ['i32.add'],
  ['local.set', 2],
];
const body = (start: Op): Op[] => [
  ...Array.from({ length: 130 }, (_, i) => read(1024 + 4 * i)).flat(),
  start,
  ['local.set', 1],
  ['block', 'void'],
  ['loop', 'void'],
  ['local.get', 1],
  ['i32.const', 32],
  ['i32.lt_s'],
  ['i32.eqz'],
  ['br_if', 1],
  ['local.get', 2],
  ['local.get', 1],
  ['i32.load8_s', 0, 512],
  ['i32.add'],
  ['local.set', 2],
  ['local.get', 1],
  ['i32.const', 1],
  ['i32.add'],
  ['local.set', 1],
  ['br', 0],
  ['end'],
  ['end'],
  ['local.get', 2],
];
const testsAtBottom = (start: Op): boolean => {
  const blocks = listing(
    { params: ['i32'], results: ['i32'], locals: ['i32', 'i32'], body: body(start) },
    [3],
    buildFor(cores['cortex-m4'], true),
  );
  const most = Math.max(...blocks.map((b) => b.weight));
  return blocks
    .filter((b) => b.weight === most)
    .some((b) => b.code.some((t) => t.startsWith('b<cc>')) && b.code.some((t) => t.startsWith('ldrb')));
};

it('turns a cold loop whose first test is known', () => {
  expect(testsAtBottom(['i32.const', 0])).toBe(true);
  expect(testsAtBottom(['local.get', 0])).toBe(false);
});

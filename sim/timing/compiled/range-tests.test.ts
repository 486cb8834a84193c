import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

/*
 * unsigned f(int x, unsigned p, unsigned q) { unsigned a = x > 2500, b = x < 5000; return a & b ? p + 1 : q; }, and with <= | >=; with unsigned x >= 48 and
 * x <= 57; with x >= 0 and x < 64; gcc 12.2 -O2, Cortex-M4 and Cortex-A7:
 *   subw r3, r0, #2501;  movw ip, #2498;  cmp r3, ip        sub r3, r0, #48;  cmp r3, #9        cmp r0, #63
 */
it.each([
  ['gt_s', 2500, 'and', 'lt_s', 5000, ['cmp reg'], ['add #-2501']],
  ['le_s', 2500, 'or', 'ge_s', 5000, ['cmp reg'], ['add #-2501']],
  ['ge_u', 48, 'and', 'le_u', 57, ['cmp #9'], ['add #-48']],
  ['ge_s', 0, 'and', 'lt_s', 64, ['cmp #63'], []],
])('asks %s %i %s %s %i at once', (first, low, both, second, high, compared, moved) => {
  const body: Op[] = [
    ['local.get', 1],
    ['i32.const', 1],
    ['i32.add'],
    ['local.get', 2],
    ['local.get', 0],
    ['i32.const', low],
    [`i32.${first}`] as unknown as Op,
    ['local.get', 0],
    ['i32.const', high],
    [`i32.${second}`] as unknown as Op,
    [`i32.${both}`] as unknown as Op,
    ['select'],
  ];
  const code = listing(
    { params: ['i32', 'i32', 'i32'], results: ['i32'], body },
    [3000, 2, 3],
    firmware(false),
  ).flatMap((b) => b.code);
  expect(code.filter((t) => t.startsWith('cmp ') && t !== 'cmp #500')).toEqual(compared);
  expect(code.filter((t) => t.startsWith('add #-'))).toEqual(moved);
});

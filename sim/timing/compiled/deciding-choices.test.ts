import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { hottest, listing } from './listing.ts';

const choice = (local: number, made: 'i32.sub' | 'i32.add', by: number, bound: number, test: string): Op[] =>
  [
    ['local.get', by],
    ['local.get', 0],
    [made],
    ['local.tee', local],
    ['i32.const', bound],
    ['local.get', local],
    ['i32.const', bound],
    [test],
    ['select'],
    ['local.set', local],
  ] as Op[];

const body = [
  ['loop', 'void'],
  ...choice(4, 'i32.sub', 1, 0, 'i32.gt_s'),
  ...choice(5, 'i32.add', 2, 32, 'i32.lt_s'),
  ['local.get', 4],
  ['local.get', 5],
  ['i32.lt_s'],
  ['if', 'void'],
  ['i32.const', 64],
  ['local.get', 3],
  ['local.get', 4],
  ['i32.mul'],
  ['local.get', 5],
  ['i32.add'],
  ['local.tee', 3],
  ['i32.store', 0, 0],
  ['end'],
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.sub'],
  ['local.tee', 0],
  ['br_if', 0],
  ['end'],
  ['local.get', 3],
] as Op[];

/*
 * do { from = x - n > 0 ? x - n : 0; to = y + n < 32 ? y + n : 32; if (from < to) { s = s * from + to; store(64, s); } } while (--n);
 *   gcc 12.2 -O2 -mcpu=cortex-m4, unchecked, where neither is within its bound   cmp r2, #0; bgt; cmp r1, #31; ble; movs r0, #32; .L6: ldr r5, [r7]; ...; str r0, [r5, #64]
 *   elsewhere alone                                                             cmp lr, ip; blt
 */
it('leads past a test what two choices decide', () => {
  const code = listing(
    { params: ['i32', 'i32', 'i32'], results: ['i32'], locals: ['i32', 'i32', 'i32'], body },
    [9, -5, 40],
    firmware(false),
  );
  expect(hottest(code).filter((t) => /^(cmp|it|mov<cc>|b<cc>)/.test(t))).toEqual([
    'cmp #32',
    'b<cc>',
    'b<cc>',
    'cmp #0',
    'b<cc>',
  ]);
  expect(code.filter((b) => b.weight === 0).flatMap((b) => b.code)).toContain('cmp reg');
});

const bounded = (kept: number, other: number, test: string, first: number, second: number): Op[] =>
  [
    ['local.get', kept],
    ['local.get', other],
    ['local.get', first],
    ['local.get', second],
    [test],
    ['select'],
  ] as Op[];

/*
 * do { x = a - n > b ? a - n : b; y = n < b ? n : b; s = s * 3 + ((x ^ y) + (x > y ? y : x)); store(64, s); } while (--n);
 *   gcc 12.2 -O2 -mcpu=cortex-m4, unchecked, where x is b and y is n   cmp r3, r2; blt; cmp r3, r1; add r0, r0, r0, lsl #1; bgt; .L7: eor lr, r3, r1; mov ip, r1; b
 */
it('leads past a choice what the two before it decide', () => {
  const twice = [
    ['loop', 'void'],
    ['local.get', 1],
    ['local.get', 0],
    ['i32.sub'],
    ['local.set', 3],
    ...bounded(3, 2, 'i32.gt_s', 3, 2),
    ['local.set', 3],
    ...bounded(0, 2, 'i32.lt_s', 0, 2),
    ['local.set', 4],
    ['local.get', 5],
    ['i32.const', 3],
    ['i32.mul'],
    ['local.get', 3],
    ['local.get', 4],
    ['i32.xor'],
    ...bounded(4, 3, 'i32.gt_s', 3, 4),
    ['i32.add'],
    ['i32.add'],
    ['local.set', 5],
    ['i32.const', 64],
    ['local.get', 5],
    ['i32.store', 0, 0],
    ['local.get', 0],
    ['i32.const', 1],
    ['i32.sub'],
    ['local.tee', 0],
    ['br_if', 0],
    ['end'],
    ['local.get', 5],
  ] as Op[];
  const code = listing(
    { params: ['i32', 'i32', 'i32'], results: ['i32'], locals: ['i32', 'i32', 'i32'], body: twice },
    [9, -9, 20],
    firmware(false),
  );
  const hot = hottest(code);
  expect(hot.filter((t) => /^(cmp|cbn?z)/.test(t))).toHaveLength(2);
  expect(hot.filter((t) => /^(it|mov<cc>)/.test(t))).toEqual([]);
});

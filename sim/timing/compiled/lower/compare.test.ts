import { expect, it } from 'vitest';
import type { Op } from '../../../wasm/assemble.ts';
import { firmware } from '../build.ts';
import { hottest, listing } from '../listing.ts';

/*
 * unsigned f(unsigned x, unsigned a, unsigned b) { return (x & M) ? a + b : a - b; }, gcc 12.2 -O2 -mthumb, Cortex-M4 and Cortex-A7:
 *   1   lsls r3, r0, #31     8   lsls r3, r0, #28     7   lsls r3, r0, #29     12   tst r0, #12     5   tst r0, #5
 */
it.each([
  [1, 'lsls test'],
  [8, 'lsls test'],
  [7, 'lsls test'],
  [12, 'tst'],
  [5, 'tst'],
])('tests the bits %i with %s', (mask, instruction) => {
  const body: Op[] = [
    ['local.get', 1],
    ['local.get', 2],
    ['i32.add'],
    ['local.get', 1],
    ['local.get', 2],
    ['i32.sub'],
    ['local.get', 0],
    ['i32.const', mask],
    ['i32.and'],
    ['select'],
  ];
  const code = listing({ params: ['i32', 'i32', 'i32'], results: ['i32'], body }, [1, 2, 3], firmware(false));
  expect(code.flatMap((b) => b.code).filter((t) => /^(tst|lsls)/.test(t))).toEqual([instruction]);
});

/*
 * The turn of kernel crc: x = x & 1 ? (x >> 1) ^ p : x >> 1. The result takes the register of the loop's variable, and the shifted value keeps its own.
 *   gcc 12.2   mov.w ip, r3, lsr #1;  lsls r3, r3, #31;  ite mi;  eormi.w r3, ip, r7;  movpl r3, ip;  subs r1, #1;  bne.n
 */
it('lets a choice write the variable of its loop', () => {
  const body: Op[] = [
    ['loop', 'void'],
    ['local.get', 0],
    ['i32.const', 1],
    ['i32.shr_u'],
    ['local.tee', 2],
    ['local.get', 1],
    ['i32.xor'],
    ['local.get', 2],
    ['local.get', 0],
    ['i32.const', 1],
    ['i32.and'],
    ['select'],
    ['local.set', 0],
    ['local.get', 3],
    ['i32.const', 1],
    ['i32.add'],
    ['local.tee', 3],
    ['i32.const', 8],
    ['i32.ne'],
    ['br_if', 0],
    ['end'],
    ['local.get', 0],
  ];
  const code = hottest(
    listing(
      { params: ['i32', 'i32'], results: ['i32'], locals: ['i32', 'i32'], body },
      [9, 5],
      firmware(false),
    ),
  );
  expect(code.filter((t) => t.startsWith('mov'))).toEqual(['mov choice']);
});

/*
 * unsigned f(unsigned x, unsigned a, unsigned b) { return (x >> 6) == a ? b + 5 : b - 9; }, and with (int)(x << 3) < (int)a, gcc 12.2 -O2, Cortex-M4 and Cortex-A7:
 *   cmp r1, r0, lsr #6                cmp r1, r0, lsl #3
 */
it.each([
  ['shr_u', 6, 'eq', 'cmp shr_u #6'],
  ['shl', 3, 'lt_s', 'cmp shl #3'],
])('compares what is shifted by %s on the left with exchanged operands', (shift, by, test, instruction) => {
  const body: Op[] = [
    ['local.get', 2],
    ['i32.const', 5],
    ['i32.add'],
    ['local.get', 2],
    ['i32.const', 9],
    ['i32.sub'],
    ['local.get', 0],
    ['i32.const', by],
    [`i32.${shift}`],
    ['local.get', 1],
    [`i32.${test}`],
    ['select'],
  ];
  const code = listing({ params: ['i32', 'i32', 'i32'], results: ['i32'], body }, [1, 2, 3], firmware(false));
  const text = code.flatMap((b) => b.code);
  expect(text.filter((t) => t.startsWith('cmp') && !t.includes('500'))).toEqual([instruction]);
  expect(text.filter((t) => /^(shr_u|shl)/.test(t))).toEqual([]);
});

/*
 * The same choice by (x >> 16) < 1200, (int)(x >> 16) >= 1200, (int)x >> 8 < -3, <= 20, > 1000 and (unsigned)((int)x >> 8) < 200, gcc 12.2 -O2, Cortex-M4:
 *   cmp r0, #78643200 twice; cmn r0, #768; cmp r0, #5376; asrs r0, r0, #8 and cmp r0, #1000, for no instruction takes 256256; cmp r0, #51200; and by < 0 and > 0:
 *   cmp r0, #0; cmp r0, #255
 */
it.each([
  ['shr_u', 16, 'lt_u', 1200, ['cmp #78643200']],
  ['shr_u', 16, 'ge_s', 1200, ['cmp #78643200']],
  ['shr_s', 8, 'lt_s', -3, ['cmp #-768']],
  ['shr_s', 8, 'le_s', 20, ['cmp #5376']],
  ['shr_s', 8, 'gt_s', 1000, ['shr_s #8', 'cmp #1000']],
  ['shr_s', 8, 'lt_u', 200, ['cmp #51200']],
  ['shr_s', 8, 'lt_s', 0, ['cmp #0 lt_s']],
  ['shr_s', 8, 'gt_s', 0, ['cmp #255']],
] as const)(
  'compares what is shifted by %s %i with a constant as it was before',
  (shift, by, test, bound, instructions) => {
    const body: Op[] = [
      ['local.get', 1],
      ['i32.const', 5],
      ['i32.add'],
      ['local.get', 2],
      ['i32.const', 9],
      ['i32.sub'],
      ['local.get', 0],
      ['i32.const', by],
      [`i32.${shift}`],
      ['i32.const', bound],
      [`i32.${test}`],
      ['select'],
    ];
    const code = listing(
      { params: ['i32', 'i32', 'i32'], results: ['i32'], body },
      [1, 2, 3],
      firmware(false),
    );
    const text = code.flatMap((b) => b.code);
    expect(text.filter((t) => /^(cmp|shr)/.test(t) && !t.includes('500'))).toEqual(instructions);
  },
);

import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { hottest, listing } from './listing.ts';

/** for (i = 0; i < 14; i++) s = (s << p) + (n >> by) */
const shifts = (by: 'the counter' | 'a variable'): Op[] => [
  ['loop', 'void'],
  ['local.get', 3],
  ['local.get', 1],
  ['i32.shl'],
  ['local.get', 0],
  ['local.get', by === 'the counter' ? 2 : 3],
  ['i32.shr_s'],
  ['i32.add'],
  ['local.set', 3],
  ['local.get', 2],
  ['i32.const', 1],
  ['i32.add'],
  ['local.tee', 2],
  ['i32.const', 14],
  ['i32.lt_u'],
  ['br_if', 0],
  ['end'],
  ['local.get', 3],
];
const code = (by: 'the counter' | 'a variable'): string[] =>
  hottest(
    listing(
      { params: ['i32', 'i32'], results: ['i32'], locals: ['i32', 'i32'], body: shifts(by) },
      [1, 1],
      buildFor(cores['cortex-m4'], false),
    ),
  );

// gcc 12.2 -O2 -mcpu=cortex-m4 of wasm2c, the loop: asr ip, r1, r3; adds r3, r3, #1; lsls r0, r0, r2; cmp r3, #14; add r0, r0, ip; bne; before it and r2, r2, #31.
it('masks no shift by a counter that stays below 32, and what does not change before the loop', () => {
  expect(code('the counter').filter((t) => t.startsWith('and'))).toEqual([]);
});

// and r3, r0, #31; asr r3, r1, r3; lsls r0, r0, r2; ...
it('masks a shift by what may be anything', () => {
  expect(code('a variable').filter((t) => t.startsWith('and'))).toEqual(['and #31']);
});

// Of bitrev of the Arm reference, which rotates by the zeros at the end of v | 256: rbit r3, r3; clz r3, r3; rsb r3, r3, #32; ror r3, r1, r3. By any value gcc makes and r1, r1, #31; rors r0, r0, r1.
it('masks no rotation by a count of zeros that a bit ends', () => {
  const rotated = (...by: Op[]): string[] =>
    hottest(
      listing(
        {
          params: ['i32', 'i32'],
          results: ['i32'],
          body: [['local.get', 0], ['local.get', 1], ...by, ['i32.rotr']],
        },
        [1, 1],
        buildFor(cores['cortex-m4'], false),
      ),
    ).filter((t) => t === 'and #31');
  expect(rotated()).toHaveLength(1);
  expect(rotated(['i32.const', 256], ['i32.or'], ['i32.ctz'])).toHaveLength(0);
  expect(rotated(['i32.ctz'])).toHaveLength(1);
});

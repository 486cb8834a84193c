import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { hottest, listing } from './listing.ts';

/** do { s = (s + 3) * 77; h ^= s >> by; } while (--n); s is a global */
const loop = (by: Op[]): Op[] => [
  ['loop', 'void'],
  ['global.get', 0],
  ['i32.const', 3],
  ['i32.add'],
  ['i32.const', 77],
  ['i32.mul'],
  ['global.set', 0],
  ['local.get', 1],
  ['global.get', 0],
  ...by,
  ['i32.shr_u'],
  ['i32.xor'],
  ['local.set', 1],
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.sub'],
  ['local.tee', 0],
  ['br_if', 0],
  ['end'],
  ['local.get', 1],
];
const code = (by: Op[]) =>
  hottest(
    listing(
      { params: ['i32'], results: ['i32'], locals: ['i32'], body: loop(by) },
      [9],
      firmware(false),
      [77],
      { ordered: true },
    ),
  );

/* wasm2c without checks, gcc 12.2 -O2 -mcpu=cortex-m4:
 *   adds r3, #3;  mul r3, r2, r3;  subs r1, #1;  eor r0, r0, r3, lsr #5;  bne
 */
it('stores a global behind the loop that assigns it', () => {
  expect(code([['i32.const', 5]])).toEqual(['add #3', 'mul', 'add #-1', 'xor shr_u #5', 'b<cc>']);
});

/*   adds r2, #3;  mul r2, lr, r2;  str r2, [ip];  ldrb r3, [r6, r1];  and r3, #31;  lsr r3, r2, r3;  subs r1, #1;  eor r0, r0, r3;  bne */
it('keeps the store where linear memory is read, which may be the same', () => {
  const text = code([
    ['local.get', 0],
    ['i32.load8_u', 0],
  ]);
  expect(text.filter((t) => t === 'str global')).toHaveLength(1);
  expect(text).not.toContain('ldr global');
});

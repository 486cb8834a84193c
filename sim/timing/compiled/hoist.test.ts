import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { hottest, listing } from './listing.ts';

/*
 * do { if (load8(p)) { s = s * 3 ^ ((x << 3) + 1552); store(64, s); } p++; } while (--n);
 *   gcc 12.2 -O2 -mcpu=cortex-m4, unchecked, before the loop   lsl lr, r2, #3; add lr, lr, #1552
 *   under the condition                                        add r0, r0, r0, lsl #1; eor r0, r0, lr; str r0, [r4, #64]; ldr r4, [ip]
 */
const body = [
  ['loop', 'void'],
  ['local.get', 3],
  ['i32.load8_u', 0, 0],
  ['if', 'void'],
  ['local.get', 2],
  ['i32.const', 3],
  ['i32.mul'],
  ['local.get', 1],
  ['i32.const', 3],
  ['i32.shl'],
  ['i32.const', 1552],
  ['i32.add'],
  ['i32.xor'],
  ['local.set', 2],
  ['i32.const', 64],
  ['local.get', 2],
  ['i32.store', 0, 0],
  ['end'],
  ['local.get', 3],
  ['i32.const', 1],
  ['i32.add'],
  ['local.set', 3],
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.sub'],
  ['local.tee', 0],
  ['br_if', 0],
  ['end'],
  ['local.get', 2],
] as Op[];

it('takes shifts and what is made of them out of a loop from under a condition', () => {
  const code = listing(
    { params: ['i32', 'i32'], results: ['i32'], locals: ['i32', 'i32'], body },
    [9, 5],
    firmware(false),
  );
  const once = code.filter((b) => b.weight === 1).flatMap((b) => b.code);
  expect(once).toContain('shl #3');
  expect(once).toContain('add #1552');
  expect(hottest(code)).not.toContain('shl #3');
});

/*
 * Kernel knapsack, gcc 12.2 -O2 -mcpu=cortex-a7, unchecked, under a condition of the innermost loop: taken[w] = taken[back] | 1 << (r & 31)
 *   before the loop            lsls r2, r0
 *   under the condition        ldrh r6, [r3, r4]; add.w r3, r3, r0, lsl #1; orrs r6, r2; strh.w r6, [r3, #1600]
 */
it('takes what is cheap along where a shift is made of it', () => {
  const shift = (by: Op[]): Op[] => [['i32.const', 1], ...by, ['i32.shl']];
  const at = body.findIndex(([op, by]) => op === 'i32.const' && by === 1552);
  const masked: Op[] = [['local.get', 1], ['i32.const', 5], ['i32.xor']];
  const code = listing(
    {
      params: ['i32', 'i32'],
      results: ['i32'],
      locals: ['i32', 'i32'],
      body: [...body.slice(0, at), ...shift(masked), ...body.slice(at + 1)],
    },
    [9, 5],
    firmware(false),
  );
  const once = code.filter((b) => b.weight === 1).flatMap((b) => b.code);
  expect(once.some((t) => t.startsWith('shl reg'))).toBe(true);
  expect(code.filter((b) => b.weight > 1).flatMap((b) => b.code)).not.toContain('shl reg');
});

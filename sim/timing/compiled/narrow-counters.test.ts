import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { hottest, listing } from './listing.ts';

/*
 * n = 64; do a *= x; while (--n != 0);
 *   gcc 12.2 -O2 -mcpu=cortex-m4
 *     mul r3, r0, lr; add ip, ip, #1; mla r3, r2, r1, r3; cmp ip, #64; umull r0, r1, r0, r2; add r1, r1, r3; bne
 */
it('counts in 32 bits what only ends a loop', () => {
  const body: Op[] = [
    ...[
      ['i64.const', 3n],
      ['local.set', 1],
      ['i64.const', 64n],
      ['local.set', 2],
      ['loop', 'void'],
    ],
    ...[['local.get', 1], ['local.get', 0], ['i64.mul'], ['local.set', 1]],
    ...[['local.get', 2], ['i64.const', -1n], ['i64.add'], ['local.tee', 2]],
    ...[['i64.const', 0n], ['i64.ne'], ['br_if', 0], ['end'], ['local.get', 1]],
  ] as Op[];
  const source = {
    params: ['i64' as const],
    results: ['i64' as const],
    locals: ['i64' as const, 'i64' as const],
    body,
  };
  const text = hottest(listing(source, [5n], firmware(false)));
  expect(text.filter((t) => /^(adds|adc|orrs|cmp|add #)/.test(t))).toEqual(['add #1', 'cmp #64']);
});

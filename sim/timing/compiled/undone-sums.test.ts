import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

const get = (i: number): Op => ['local.get', i];

/*
 * do { if (--k == 0) { s += load(p); k = load(p + 4); } p += 8; } while (p != 4096); return s + k;
 *   gcc 12.2 -O2 -mcpu=cortex-m4   subs r1, r1, #1; ... bne: the sum is wanted, so it is what is compared
 */
it('compares a sum that is wanted anyway itself', () => {
  const body: Op[] = [
    ['loop', 'void'],
    ...([get(1), ['i32.const', 1], ['i32.sub'], ['local.tee', 1], ['i32.eqz']] satisfies Op[]),
    ['if', 'void'],
    ...([get(0), ['i32.load', 0], get(2), ['i32.add'], ['local.set', 2]] satisfies Op[]),
    ...([get(0), ['i32.load', 4], ['local.set', 1]] satisfies Op[]),
    ['end'],
    ...([get(0), ['i32.const', 8], ['i32.add'], ['local.tee', 0], ['i32.const', 4096]] satisfies Op[]),
    ...([['i32.ne'], ['br_if', 0]] satisfies Op[]),
    ['end'],
    ...([get(1), get(2), ['i32.add']] satisfies Op[]),
  ];
  const code = listing(
    { params: ['i32', 'i32'], results: ['i32'], locals: ['i32'], body },
    [1024, 3],
    firmware(false),
  ).flatMap((b) => b.code);
  expect(code.filter((t) => /^(cmp #[^5]|mov$)/.test(t))).toEqual(['cmp #4096']);
});

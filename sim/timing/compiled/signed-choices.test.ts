import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { hottest, listing } from './listing.ts';

const get = (i: number): Op => ['local.get', i];
const load = (into: number, offset: number): Op[] => [get(0), ['i32.load', offset], ['local.set', into]];

/** do { a = p[16]; b = p[32]; m = a < b ? a : b; p[64] = m > p[48] ? m : 100; ... } while (--p); */
const body = (more: readonly Op[]): Op[] => [
  ['loop', 'void'],
  ...load(1, 64),
  ...load(2, 128),
  ...[get(1), get(2), get(1), get(2), ['i32.lt_s'] as Op, ['select'] as Op, ['local.set', 3] as Op],
  ...[get(0), get(3), ['i32.const', 100] as Op, get(3), get(0), ['i32.load', 192] as Op],
  ...[['i32.gt_s'] as Op, ['select'] as Op, ['i32.store', 256] as Op],
  ...more,
  ...[get(0), ['i32.const', 4] as Op, ['i32.sub'] as Op, ['local.tee', 0] as Op, ['br_if', 0] as Op],
  ['end'],
  ['i32.const', 0],
];

/** What chooses, up to the comparison of what was chosen and behind it. */
const moves = (more: readonly Op[]) => {
  const source = { params: ['i32'], results: ['i32'], locals: ['i32', 'i32', 'i32'], body: body(more) };
  return hottest(listing(source, [400], firmware(false)))
    .map((t) => t.split(' ')[0]!)
    .filter((t) => /^(cmp|mov)/.test(t));
};

// gcc 12.2 -O2 -mcpu=cortex-m4: cmp ip, r3; ite ge; movge ip, r3; movlt r3, ip; cmp r1, ip; it ge; movge r3, #100
it('gives the signed value of a choice the register of one arm and the other value that of the other', () => {
  expect(moves([])).toEqual(['cmp', 'mov<cc>', 'mov<cc>', 'cmp', 'mov<cc>']);
});

// p[128] = a * b ^ m: cmp r3, ip; mov r5, ip; itte lt; movlt r5, r3; movlt r1, r3; movge r1, ip; cmp lr, r5; ite lt; movlt r7, r1; movge r7, #100
it('moves what is chosen twice where both arms live on', () => {
  const both: Op[] = [get(0), get(1), get(2), ['i32.mul'], get(3), ['i32.xor'], ['i32.store', 512]];
  expect(moves(both)).toEqual(['cmp', 'mov', 'mov<cc>', 'mov', 'mov<cc>', 'cmp', 'mov', 'mov<cc>']);
});

// p[128] = a * 77: cmp r3, ip; it ge; movge r3, ip; cmp r1, r3; it ge; movge r3, #100
it('has one value for both where one arm lives on and the other ends', () => {
  const one: Op[] = [get(0), get(1), ['i32.const', 77], ['i32.mul'], ['i32.store', 512]];
  expect(moves(one)).toEqual(['cmp', 'mov<cc>', 'cmp', 'mov<cc>']);
});

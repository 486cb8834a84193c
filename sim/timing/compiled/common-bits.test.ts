import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

const [b, c, d] = [0, 1, 2].map((i): Op => ['local.get', i]) as [Op, Op, Op];
const not = (x: Op): Op[] => [x, ['i32.const', -1], ['i32.xor']];
const bits = (...body: Op[]): string[] =>
  listing({ params: ['i32', 'i32', 'i32'], results: ['i32'], locals: [], body }, [1, 2, 3], firmware(false))
    .flatMap((x) => x.code)
    .filter((t) => /^(and|or|xor|bic|rev|rot|mvn)/.test(t))
    .map((t) => t.split(' ')[0]!);

/* gcc 12.2 -O2 -mcpu=cortex-m4 */

// (b & c) | (~b & d);   eors r1, r1, r2; ands r0, r0, r1; eors r0, r0, r2
it('chooses bit by bit by differences', () => {
  expect(bits(b, c, ['i32.and'], ...not(b), d, ['i32.and'], ['i32.or'])).toEqual(['xor', 'and', 'xor']);
  // (b & c) ^ (~b & d);   bic r2, r2, r0; ands r0, r0, r1; eors r0, r0, r2
  const exclusive = bits(b, c, ['i32.and'], ...not(b), d, ['i32.and'], ['i32.xor']);
  expect(exclusive.toSorted()).toEqual(['and', 'bic', 'xor']);
});

// (b & c) | (b & d) | (c & d);   orr r3, r1, r2; ands r0, r0, r3; ands r1, r1, r2; orrs r0, r0, r1
it('takes bits that are shared together', () => {
  const majority = bits(b, c, ['i32.and'], b, d, ['i32.and'], ['i32.or'], c, d, ['i32.and'], ['i32.or']);
  expect(majority.toSorted()).toEqual(['and', 'and', 'or', 'or']);
  // (b | c) & (b | d);   ands r1, r1, r2; orrs r0, r0, r1
  expect(bits(b, c, ['i32.or'], b, d, ['i32.or'], ['i32.and'])).toEqual(['and', 'or']);
  // (b & c) ^ (b & d);   eors r1, r1, r2; ands r0, r0, r1
  expect(bits(b, c, ['i32.and'], b, d, ['i32.and'], ['i32.xor'])).toEqual(['xor', 'and']);
});

// rotl(b & 0xff00ff00, 8) | rotr(b & 0x00ff00ff, 8), AssemblyScript's bswap;   rev r0, r0
it('turns bytes around by rotations', () => {
  const half = (mask: number, rotation: Op): Op[] => [
    b,
    ['i32.const', mask],
    ['i32.and'],
    ['i32.const', 8],
    rotation,
  ];
  const swapped = bits(...half(0xff00ff00 | 0, ['i32.rotl']), ...half(0x00ff00ff, ['i32.rotr']), ['i32.or']);
  expect(swapped).toEqual(['rev']);
});

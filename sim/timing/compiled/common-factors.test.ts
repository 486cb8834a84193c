import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

const product = (a: number, b: number): Op[] => [['local.get', a], ['local.get', b], ['i32.mul']];
const arithmetic = (...body: Op[]): string[] =>
  listing({ params: ['i32', 'i32', 'i32'], results: ['i32'], locals: [], body }, [1, 2, 3], firmware(false))
    .flatMap((b) => b.code)
    .filter((t) => /^(mul|mla|mls|add|rsb|sub)/.test(t) && t !== 'add #1');

/* gcc 12.2 -O2 -mcpu=cortex-m4 */

// return a * c - b * c;   subs r0, r0, r1; mul r0, r2, r0
it('makes one product of two that have a factor in common', () => {
  expect(arithmetic(...product(0, 2), ...product(1, 2), ['i32.sub'])).toEqual(['sub reg', 'mul']);
});

// return a - a * c;   rsb r2, r2, #1; mul r0, r2, r0
it('takes a value that is multiplied, too, for its first multiple', () => {
  expect(arithmetic(['local.get', 0], ...product(0, 2), ['i32.sub'])).toEqual(['rsb #1', 'mul']);
});

import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

const product = (a: number, b: number): Op[] => [['local.get', a], ['local.get', b], ['i32.mul']];
const arithmetic = (...body: Op[]): string[] =>
  listing(
    { params: ['i32', 'i32', 'i32', 'i32'], results: ['i32'], locals: [], body },
    [1, 2, 3, 4],
    firmware(false),
  )
    .flatMap((b) => b.code)
    .filter((t) => /^(mul|mla|mls|add reg|sub reg)/.test(t));

/* gcc 12.2 -O2 -mcpu=cortex-m4 */

// return a * c + b * b + d * c;   add r0, r3; mul r0, r2, r0; mla r0, r1, r1, r0
it('multiplies the sum of what has a factor in common', () => {
  expect(arithmetic(...product(0, 2), ...product(1, 1), ['i32.add'], ...product(3, 2), ['i32.add'])).toEqual([
    'add reg',
    'mul',
    'mla',
  ]);
});

import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

/** for (i = rounds, p = 1040; i; i--, p += 2) memory[p] = x, of 16 bits. */
const clears = (rounds: number): Op[] => [
  ['i32.const', rounds],
  ['local.set', 1],
  ['i32.const', 1040],
  ['local.set', 2],
  ['loop', 'void'],
  ['local.get', 2],
  ['local.get', 0],
  ['i32.store16', 1, 0],
  ['local.get', 2],
  ['i32.const', 2],
  ['i32.add'],
  ['local.set', 2],
  ['local.get', 1],
  ['i32.const', 1],
  ['i32.sub'],
  ['local.tee', 1],
  ['br_if', 0],
  ['end'],
  ['local.get', 2],
];

const stores = (rounds: number): { stores: number; branches: number } => {
  const source = { params: ['i32'], results: ['i32'], locals: ['i32', 'i32'], body: clears(rounds) };
  const code = listing(source, [7], firmware(false)).flatMap((b) => b.code);
  return {
    stores: code.filter((t) => t.startsWith('strh')).length,
    branches: code.filter((t) => t === 'b<cc>').length,
  };
};

/*
 * gcc 12.2 -O2 -mcpu=cortex-m4, three rounds: ldr r3, [r0, #4]; strh r1, [r3, #1040]; ldr r3, [r0, #4]; strh r1, [r3, #1042]; ldr r3, [r0, #4]; strh r1, [r3, #1044]
 * Four: ldr r3, [r2, #4]; strh r1, [r3, r0]; adds r0, r0, #2; cmp r0, #1048; bne
 */
it('copies the body of a loop of few rounds where that makes nothing larger', () => {
  expect(stores(3)).toEqual({ stores: 3, branches: 0 });
  expect(stores(4)).toEqual({ stores: 1, branches: 1 });
});

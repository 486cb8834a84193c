import { expect, it } from 'vitest';
import { firmware } from './build.ts';
import { listing } from './listing.ts';
import type { Op } from '../../wasm/assemble.ts';

const depth = (body: Op[], arg: number) =>
  listing({ params: ['i32'], results: ['i32'], body }, [arg], firmware(false))
    .filter((b) => b.weight > 0)
    .map((b) => b.code.filter((t) => /depth|#-?1$/.test(t)));

/* A function that only adds, through wasm2c, gcc 12.2 -O2 -mcpu=cortex-m4: what was read on the way in is stored on the way out.
 *   ldr r4, [r3];  adds r0, r4, #1;  cmp r0, #500;  str r0, [r3];  bhi;  adds r0, r1, r2;  str r4, [r3]
 */
it('stores the depth of calls that was read where nothing else may change it', () => {
  const add: Op[] = [['local.get', 0], ['local.get', 0], ['i32.add']];
  expect(depth(add, 5)).toEqual([['ldr depth', 'add #1', 'str depth', 'str depth']]);
});

/* unsigned fib(unsigned n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }: the depth is read again behind the calls, on that way alone.
 *   ldr r3, [r5];  adds r2, r3, #1;  str r2, [r5];  cmp r0, #1;  bls 1f;  ...  bl;  ldr r3, [r5];  subs r3, #1;  1: str r3, [r5]
 */
it('takes one off on the way that reads it again', () => {
  const fib: Op[] = [
    ['local.get', 0],
    ['i32.const', 2],
    ['i32.lt_u'],
    ['if', 'i32'],
    ['local.get', 0],
    ['else'],
    ['local.get', 0],
    ['i32.const', 1],
    ['i32.sub'],
    ['call', 0],
    ['local.get', 0],
    ['i32.const', 2],
    ['i32.sub'],
    ['call', 0],
    ['i32.add'],
    ['end'],
  ];
  const blocks = depth(fib, 6);
  expect(blocks[0]).toEqual(['ldr depth', 'add #1', 'str depth']);
  expect(blocks[1]).toEqual(['add #-1', 'ldr depth', 'add #-1']);
  expect(blocks.at(-1)).toEqual(['str depth']);
});

import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

const p: Op = ['local.get', 0];
const n: Op = ['local.get', 1];
const compiled = (body: Op[], args: number[]): string[] =>
  listing({ params: args.map(() => 'i32'), results: ['i32'], body }, args, firmware(false))
    .flatMap(({ code }) => code)
    .filter((t) => /^(add|ldr|str)/.test(t) && !/depth|add #-?1$/.test(t));

/* wasm2c without checks, gcc 12.2 -O2 -mcpu=cortex-m4, in the comments. */

// ldr r4, [r0];  adds r1, r1, #12;  ldr r3, [r4, r1];  adds;  str r3, [r4, r1];  ldr r3, [r0];  ldr r0, [r3, r1]
it('keeps a sum that the pointers before and behind a store ask for', () => {
  const bump: Op[] = [p, p, ['i32.load', 12], ['i32.const', 1], ['i32.add'], ['i32.store', 12]];
  expect(compiled([...bump, p, ['i32.load', 12]], [64])).toEqual([
    ...['ldr base', 'add #12', 'ldr', 'str', 'ldr base', 'ldr'],
  ]);
});

// ldr r3, [r0];  add r1, r1, r3;  ldr r3, [r1, #12];  adds r3, r3, #1;  str r3, [r1, #8]
it('takes sums apart that one pointer asks for', () => {
  const move: Op[] = [p, p, ['i32.load', 12], ['i32.const', 1], ['i32.add'], ['i32.store', 8]];
  expect(compiled([...move, ['i32.const', 0]], [64])).toEqual(['ldr base', 'add reg', 'ldr', 'str']);
});

// add lr, r1, #12;  adds r1, r1, #8    .L10: ldr r2, [ip];  ldr r3, [r2, lr];  eors;  subs;  str r3, [r2, r1];  bne .L10
it('makes sums of what a loop does not change before it', () => {
  const body: Op[] = [
    ['loop', 'void'],
    ...[p, p, ['i32.load', 12] as Op, n, ['i32.xor'] as Op, ['i32.store', 8] as Op],
    ...[n, ['i32.const', -1] as Op, ['i32.add'] as Op, ['local.tee', 1] as Op, ['br_if', 0] as Op],
    ['end'],
    n,
  ];
  const code = compiled(body, [64, 5]);
  expect(code.slice(0, 2).toSorted()).toEqual(['add #12', 'add #8']);
  expect(code.slice(2)).toEqual(['ldr base', 'ldr', 'str']);
});

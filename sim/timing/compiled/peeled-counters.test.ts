import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { listing } from './listing.ts';

const xorOf = (start: Op[], times: Op[]) =>
  listing(
    {
      params: ['i32'],
      results: ['i32'],
      locals: ['i32', 'i32'],
      body: [
        ['i32.const', 8],
        ['i32.load', 2],
        ['local.set', 2],
        ...start,
        ['block', 'void'],
        ['loop', 'void'],
        ['local.get', 1],
        ['local.get', 0],
        ['i32.ge_s'],
        ['br_if', 1],
        ['local.get', 2],
        ['local.get', 1],
        ...times,
        ['i32.const', 1000],
        ['i32.add'],
        ['i32.load', 2],
        ['i32.xor'],
        ['local.set', 2],
        ['local.get', 1],
        ['i32.const', 1],
        ['i32.add'],
        ['local.set', 1],
        ['br', 0],
        ['end'],
        ['end'],
        ['local.get', 2],
      ],
    },
    [40],
    buildFor(cores['cortex-a7'], true),
  );

/*
 * sum = load32(8, offset 2); for (i = 0; i < n; i++) sum ^= load32(1000 + (i << 2), offset 2): the first round's check stands before the loop, and the address is a variable that each round makes anew for the next one.
 * gcc 12.2 -O2 -mcpu=cortex-a7   adds r4, r3, #6;  add r3, r3, #4;  adc ip, lr, #0;  cmp r5, r4;  sbcs ip, lr, ip;  bcc;  add ip, r8, r3;  ldr ip, [ip, #-2];  eor r0, r0, ip;  adds r2, r2, #1;  cmp r1, r2;  bne
 */
it('lets an address that comes round step instead of being worked out anew', () => {
  const blocks = xorOf([], [['i32.const', 2], ['i32.shl']]);
  const of = (weight: number) => blocks.find((b) => b.weight === weight)!.code;
  expect(of(39).filter((c) => c !== 'mov #0')).toEqual(['add #4', 'adds', 'adc', 'cmp', 'sbcs', 'bcc trap']);
  expect(of(40)).toEqual(['add reg', 'ldr', 'xor reg', 'add #1', 'cmp reg', 'b<cc>']);
});

/*
 * The same from i = load32(8, offset 16). 12 * i steps: adds r3, r5, r2;  adds r2, r2, #12;  adds r3, r3, #6;  adc;  cmp;  sbcs;  bcc. i << 2 is worked out anew and copied:
 *   add r3, lr, #1000;  add r9, lr, #4;  adds r3, r3, #6;  mov r2, lr;  adc lr, r4, #0;  cmp r5, r3;  sbcs lr, r4, lr;  bcc;  mov lr, r9
 */
it('does not see that where what it begins with is shifted', () => {
  const from: Op[] = [
    ['i32.const', 8],
    ['i32.load', 16],
    ['local.set', 1],
  ];
  const copies = (times: Op[]) =>
    xorOf(from, times)
      .find((b) => b.weight === 39)!
      .code.filter((c) => c === 'mov').length;
  const times12: Op[] = [['i32.const', 12], ['i32.mul']];
  const shifted: Op[] = [['i32.const', 2], ['i32.shl']];
  expect(copies(times12)).toBe(0);
  expect(copies(shifted)).toBe(2);
});

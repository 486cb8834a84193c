import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

/** r = -1; switch (x) { case 0: r = y + 3; break; case 2: r = y * 1000; break; case 4: r = y ^ 7; break; case 6: r = y << 9 }; return r * y; */
const body: Op[] = [
  ['i32.const', -1],
  ['local.set', 2],
  ...Array.from({ length: 5 }, (): Op => ['block', 'void']),
  ['local.get', 0],
  ['br_table', 0, 4, 1, 4, 2, 4, 3, 4],
  ['end'],
  ...(
    [
      ['i32.add', 3],
      ['i32.mul', 1000],
      ['i32.xor', 7],
      ['i32.shl', 9],
    ] as const
  ).flatMap(([op, value], i): Op[] => [
    ['local.get', 1],
    ['i32.const', value],
    [op],
    ['local.set', 2],
    ['br', 3 - i],
    ['end'],
  ]),
  ['local.get', 2],
  ['local.get', 1],
  ['i32.mul'],
];

/*
 * wasm2c, gcc 12.2 -O2 -mcpu=cortex-m4:
 *   cmp r1, #6;  bhi .L9;  tbb [pc, r1]      .L9: mov r0, #-1;  str r4, [r3];  mul r0, r2, r0;  pop
 */
it('moves what a way of a switch brings on that way, once for all its cases', () => {
  const source = { params: ['i32', 'i32'], results: ['i32'], locals: ['i32'], body };
  const blocks = (x: number) => listing(source, [x, 5], firmware(false));
  expect(blocks(1).find((b) => b.code.includes('tbb'))!.code).not.toContain('mov #-1');
  const brought = (x: number) => blocks(x).flatMap((b) => (b.code.includes('mov #-1') ? [b.weight] : []));
  expect(brought(1)).toEqual([1]);
  expect(brought(0)).toEqual([0]);
});

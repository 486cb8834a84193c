import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { hottest, listing } from './listing.ts';

/*
 * A turn of kernel relu8, gcc 12.2 for the Cortex-M4:
 *   ldrb r1, [r2, r3];  ldrsb r5, [r2, r3];  add.w r6, r3, #15360;  cmp r5, #0;  it lt;  movlt r1, #0;  strb r1, [r2, r6];  adds r3, #1;  ...
 */
it('loads what it stores and what it compares apart', () => {
  const body: Op[] = [
    ['loop', 'void'],
    ['local.get', 0],
    ['i32.const', 0],
    ['local.get', 0],
    ['i32.load8_s', 0, 0],
    ['local.tee', 1],
    ['local.get', 1],
    ['i32.const', 0],
    ['i32.lt_s'],
    ['select'],
    ['i32.store8', 15360, 0],
    ['local.get', 0],
    ['i32.const', 1],
    ['i32.add'],
    ['local.tee', 0],
    ['i32.const', 512],
    ['i32.ne'],
    ['br_if', 0],
    ['end'],
  ];
  const source = { params: ['i32' as const], results: [], locals: ['i32' as const], body };
  const code = hottest(listing(source, [0], firmware(false)));
  expect(code.filter((t) => t.startsWith('ldrb')).map((t) => t.split(' ')[1] ?? 'unsigned')).toEqual([
    'unsigned',
    'signed',
  ]);
});

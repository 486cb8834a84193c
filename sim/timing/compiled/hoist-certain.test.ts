import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

/*
 * do { p = 1024; do sum += load8(p) * load8(p + 7168); while (++p != 1088); } while (--n);
 *   gcc 12.2 -O2 -mcpu=cortex-m4, unchecked, before the loops   add r6, r5, #8160; add lr, r5, #8192; adds r6, r6, #31; addw r5, r5, #1023; add lr, lr, #63
 *   where the inner one begins                                  mov ip, r5; mov r3, r6
 */
const rows: Op[] = [
  ['loop', 'void'],
  ['i32.const', 1024],
  ['local.set', 1],
  ['loop', 'void'],
  ['local.get', 2],
  ['local.get', 1],
  ['i32.load8_u', 0, 0],
  ['local.get', 1],
  ['i32.load8_u', 7168, 0],
  ['i32.mul'],
  ['i32.add'],
  ['local.set', 2],
  ['local.get', 1],
  ['i32.const', 1],
  ['i32.add'],
  ['local.tee', 1],
  ['i32.const', 1088],
  ['i32.ne'],
  ['br_if', 0],
  ['end'],
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.sub'],
  ['local.tee', 0],
  ['br_if', 0],
  ['end'],
  ['local.get', 2],
] as Op[];

it('keeps what an inner loop starts from and ends at in registers around it', () => {
  const blocks = listing(
    { params: ['i32'], results: ['i32'], locals: ['i32', 'i32'], body: rows },
    [3],
    firmware(false),
  );
  const starts = blocks.filter((b) => b.weight === 3).map((b) => b.code)[0]!;
  expect(starts).toEqual(['mov', 'mov']);
  const before = blocks.filter((b) => b.weight === 1).flatMap((b) => b.code);
  expect(before.filter((t) => /^add #\d{2}/.test(t)).sort()).toEqual([
    'add #1023',
    'add #31',
    'add #63',
    'add #8160',
    'add #8192',
  ]);
});

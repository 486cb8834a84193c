import { describe, expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

const get = (i: number): Op => ['local.get', i];
const plus = (n: number): Op[] => [['i32.const', n], ['i32.add']];
const times = (n: number): Op[] => [['i32.const', n], ['i32.mul']];
const set = (i: number): Op => ['local.set', i];

/** Thirty rows of five: sum of load8_s(5 i + 8192 + k) * load16_s(6 k + 2 i + 1024). */
const rows: Op[] = [
  ...[['loop', 'void'] as Op, ['i32.const', 0] as Op, set(2), ['loop', 'void'] as Op, get(3)],
  ...[get(1), ...times(5), ...plus(8192), get(2), ['i32.add'] as Op, ['i32.load8_s', 0, 0] as Op],
  ...[get(2), ...times(6), get(1), ['i32.const', 1] as Op, ['i32.shl'] as Op, ['i32.add'] as Op],
  ...[...plus(1024), ['i32.load16_s', 0, 1] as Op, ['i32.mul'] as Op, ['i32.add'] as Op, set(3)],
  ...[get(2), ...plus(1), ['local.tee', 2] as Op, ['i32.const', 5] as Op, ['i32.lt_u'] as Op],
  ...[['br_if', 0] as Op, ['end'] as Op],
  ...[get(1), ...plus(1), ['local.tee', 1] as Op, ['i32.const', 30] as Op, ['i32.lt_u'] as Op],
  ...[['br_if', 0] as Op, ['end'] as Op, get(3)],
];

describe('ends of inner loops at which the next row begins, gcc 12.2 -O2 -mcpu=cortex-m4 of wasm2c without checks', () => {
  /*
   * .L5: add ip, r6, r1; adds r2, r3, #5
   * .L6: ldrsb lr, [r3, #1]!; ldrsh r4, [ip], #6; cmp r2, r3; mla r0, r4, lr, r0; bne .L6
   *      cmp r2, r5; add r1, r1, #2; beq .L11
   *      mov r3, r2; b .L5
   */
  it('have a register beside what goes on, which is copied on the way round', () => {
    const blocks = listing(
      { params: ['i32'], results: ['i32'], locals: ['i32', 'i32', 'i32'], body: rows },
      [1],
      firmware(false),
    );
    const code = (weight: number): string[][] =>
      blocks.filter((b) => b.weight === weight).map((b) => b.code.toSorted());
    expect(code(29)).toEqual([['b', 'mov kept']]);
    expect(code(30)).toEqual([
      ['add #5', 'add reg'],
      ['add #2', 'b<cc>', 'cmp reg'],
    ]);
    expect(code(150)[0]).toHaveLength(5);
  });
});

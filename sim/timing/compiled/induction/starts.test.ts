import { describe, expect, it } from 'vitest';
import type { Op } from '../../../wasm/assemble.ts';
import { firmware } from '../build.ts';
import { listing } from '../listing.ts';

const get = (i: number): Op => ['local.get', i];
const plus = (n: number): Op[] => [['i32.const', n], ['i32.add']];

/** Thirty rows of ten: store(1152 + 4 i, sum of load8_s(10 i + 8192 + k)). */
const rows: Op[] = [
  ...[['loop', 'void'] as Op, ['i32.const', 0] as Op, ['local.set', 2] as Op],
  ...[['i32.const', 0] as Op, ['local.set', 3] as Op, ['loop', 'void'] as Op],
  ...[get(3), get(1), ['i32.const', 10] as Op, ['i32.mul'] as Op, ...plus(8192)],
  ...[get(2), ['i32.add'] as Op, ['i32.load8_s', 0, 0] as Op, ['i32.add'] as Op, ['local.set', 3] as Op],
  ...[get(2), ...plus(1), ['local.tee', 2] as Op, ['i32.const', 10] as Op, ['i32.lt_u'] as Op],
  ...[['br_if', 0] as Op, ['end'] as Op],
  ...[get(1), ['i32.const', 2] as Op, ['i32.shl'] as Op, ...plus(1152), get(3), ['i32.store', 0, 2] as Op],
  ...[get(1), ...plus(1), ['local.tee', 1] as Op, ['i32.const', 30] as Op, ['i32.lt_u'] as Op],
  ...[['br_if', 0] as Op, ['end'] as Op, get(3)],
];

describe('starts of pointers that loops step, gcc 12.2 -O2 -mcpu=cortex-m4 of wasm2c without checks', () => {
  /*
   * Before the inner loop, with r2 from 8191 in steps of 10:
   *   ldr r4, [r5]; add r1, r4, #10; movs r0, #0; adds r3, r4, r2; add r1, r1, r2
   * and in it ldrsb ip, [r3, #1]!; cmp r1, r3; add r0, r0, ip; bne
   */
  it('add what comes on top to what the memory begins with is added to, so that the outer variable takes it along', () => {
    const blocks = listing(
      { params: ['i32'], results: ['i32'], locals: ['i32', 'i32', 'i32'], body: rows },
      [1],
      firmware(false),
    );
    const before = blocks.filter((b) => b.weight === 30).map((b) => b.code.toSorted());
    expect(before[0]).toEqual(['add #10', 'add reg', 'add reg', 'ldr base', 'mov #0']);
    const inside = blocks.filter((b) => b.weight === 300).flatMap((b) => b.code);
    expect(inside.toSorted()).toEqual(['add reg', 'b<cc>', 'cmp reg', 'ldrb signed !']);
  });
});

import { describe, expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

const get = (i: number): Op => ['local.get', i];
const number = (n: number): Op => ['i32.const', n];

describe('loops that read the memory again behind their test, gcc 12.2 -O2 -mcpu=cortex-m4 of wasm2c without checks', () => {
  /*
   * Thirty numbers from a generator, stored as halves:
   *   ldr r3, [r2, #64]; mla r0, r4, r3, r1; strh r0, [r2, #1024]; movw r3, #1026; movw lr, #1084
   *   .L3: ldr r2, [ip]; mla r0, r4, r0, r1; strh r0, [r2, r3]; adds r3, r3, #2; cmp r3, lr; bne .L3
   */
  it('are turned: their first round stands in front of them', () => {
    const body: Op[] = [
      ...[number(64), ['i32.load', 0, 2] as Op, ['local.set', 2] as Op, ['loop', 'void'] as Op],
      ...[get(1), number(1), ['i32.shl'] as Op, get(2), number(1664525), ['i32.mul'] as Op, get(0)],
      ...[['i32.add'] as Op, ['local.tee', 2] as Op, ['i32.store16', 1024, 1] as Op],
      ...[get(1), number(1), ['i32.add'] as Op, ['local.tee', 1] as Op, number(30), ['i32.lt_u'] as Op],
      ...[['br_if', 0] as Op, ['end'] as Op, get(2)],
    ];
    const blocks = listing(
      { params: ['i32'], results: ['i32'], locals: ['i32', 'i32'], body },
      [1],
      firmware(false),
    );
    const inside = blocks.filter((b) => b.weight === 29).flatMap((b) => b.code);
    expect(inside.toSorted()).toEqual(['add #2', 'b<cc>', 'cmp reg', 'ldr base', 'mla', 'strh']);
    const once = blocks.filter((b) => b.weight === 1).flatMap((b) => b.code);
    expect(once.filter((t) => t === 'strh')).toHaveLength(1);
    expect(once.filter((t) => t === 'mla')).toHaveLength(1);
  });

  /*
   * Words moved up from a place below two to the second one, the first round known:
   *   ldr r1, [r4, r1]; ldr ip, [r4, #1020]; str ip, [r4, #1024]; cbz r1, .L10
   *   .L10: ldr r1, [r0]; mov r0, #1016; ldr r4, [r1, #1016]; str r4, [r1, #1020]
   */
  it('are none where the second round is the last', () => {
    const moved: Op[] = [
      ...[get(1), get(1), number(4), ['i32.sub'] as Op, ['i32.load', 0, 2] as Op, ['i32.store', 0, 2] as Op],
      ...[get(1), number(4), ['i32.sub'] as Op, ['local.set', 1] as Op],
      ...[get(0), get(2), number(1), ['i32.sub'] as Op, ['local.tee', 2] as Op, ['i32.lt_u'] as Op],
    ];
    const body: Op[] = [
      ...[number(1024), ['local.set', 1] as Op, number(2), ['local.set', 2] as Op],
      ...[get(0), number(3), ['i32.and'] as Op, ['local.tee', 0] as Op, number(2), ['i32.lt_u'] as Op],
      ...[['if', 'void'] as Op, get(0), number(2), ['i32.shl'] as Op, ['i32.load', 0, 2] as Op],
      ...[['local.set', 0] as Op, ['loop', 'void'] as Op, ...moved, ['br_if', 0] as Op, ['end'] as Op],
      ...[['end'] as Op, get(1)],
    ];
    const blocks = listing(
      { params: ['i32'], results: ['i32'], locals: ['i32', 'i32'], body },
      [1],
      firmware(false),
    );
    const code = blocks.flatMap((b) => b.code);
    expect(code.filter((t) => t === 'str').length).toBeGreaterThanOrEqual(2);
    expect(code.filter((t) => t === 'add #-4')).toHaveLength(0);
  });
});

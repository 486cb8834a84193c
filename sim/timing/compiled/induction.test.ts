import { describe, expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { hottest, listing } from './listing.ts';

const code = (body: Op[], checked: boolean): string[] =>
  hottest(
    listing(
      { params: ['i32'], results: ['i32'], locals: ['i32', 'i32'], body },
      [0],
      buildFor(cores['cortex-m4'], checked),
      [],
      { ordered: true },
    ),
  );

const get = (i: number): Op => ['local.get', i];
const add = (n: number): Op[] => [['i32.const', n], ['i32.add']];

describe('induction variables, gcc 12.2 -O2 -mcpu=cortex-m4 of wasm2c', () => {
  // gemv16: ldrsh.w r6, [r3]; ldrsh r0, [r4, r3]; adds r3, #2; cmp r3, r5; mla r1, r6, r0, r1; bne.n
  it('serve two rows by one pointer and the distance of the other', () => {
    const row: Op[] = [get(1), ['i32.const', 1], ['i32.shl']];
    const body: Op[] = [
      ['loop', 'void'],
      ...[get(0), ['i32.const', 6] as Op, ['i32.shl'] as Op, ...row, ['i32.add'] as Op, ...add(1024)],
      ['i32.load16_s', 0, 1],
      ...[...row, ...add(16384)],
      ['i32.load16_s', 0, 1],
      ...[['i32.mul'] as Op, get(2), ['i32.add'] as Op, ['local.set', 2] as Op],
      ...[get(1), ...add(1), ['local.tee', 1] as Op],
      ...[['i32.const', 32] as Op, ['i32.ne'] as Op, ['br_if', 0] as Op],
      ['end'],
      get(2),
    ];
    const text = code(body, false);
    expect(text.filter((t) => t.startsWith('ldrh'))).toHaveLength(2);
    expect(text.filter((t) => t.startsWith('add'))).toEqual(['add #2']);
    expect(text).toHaveLength(6);
  });

  // wordcopy: ldrh.w r1, [r2], #2; add r3, r1; cmp r2, sl; add lr, r3; bne.n, where the source counts bytes down to zero
  it('end a loop that counts down to zero on the pointer', () => {
    const body: Op[] = [
      ['i32.const', 400],
      ['local.set', 1],
      ['loop', 'void'],
      ...[get(0), ['i32.load16_u', 0, 1] as Op, get(2), ['i32.add'] as Op, ['local.set', 2] as Op],
      ...[get(0), ...add(2), ['local.set', 0] as Op],
      ...[get(1), ...add(-2), ['local.tee', 1] as Op, ['br_if', 0] as Op],
      ['end'],
      get(2),
    ];
    expect(code(body, false)).toEqual(['ldrh post', 'cmp reg', 'add reg', 'b<cc>']);
  });

  // mean3: adds r2, #6; adc r3, r3, #0 step the end of an access in 64 bits, which its check compares: cmp r1, r2; sbcs r7, r6, r3; bcc
  it('widen the end of an access that a check compares in 64 bits', () => {
    const read = (offset: number): Op[] => [
      get(1),
      ...add(1024),
      ['i32.load16_s', offset, 1],
      get(2),
      ['i32.add'],
      ['local.set', 2],
    ];
    const body: Op[] = [
      ['loop', 'void'],
      ...[...read(0), ...read(2), ...read(4)],
      ...[get(1), ...add(6), ['local.tee', 1] as Op],
      ...[['i32.const', 600] as Op, ['i32.ne'] as Op, ['br_if', 0] as Op],
      ['end'],
      get(2),
    ];
    const text = code(body, true);
    const steps = text.flatMap((t, i) => (t.startsWith('adds') && text[i + 1]?.startsWith('adc') ? [i] : []));
    expect(steps.length).toBeGreaterThan(0);
    expect(text.filter((t) => t === 'sbcs')).toHaveLength(3);
  });

  // adds r8, r3, #4098; adc lr, r1, r1 (r1 is zero); cmp r4, r8; sbcs lr, ip, lr for each of two reads; the latch is adds r3, #2; cmp r3, #400; bne.n
  it('widen an end that not every round works out where it is compared', () => {
    const read = (offset: number): Op[] => [
      ...[get(1), ['i32.const', 1] as Op, ['i32.shl'] as Op],
      ['i32.load16_s', offset, 1],
      get(2),
      ['i32.add'],
      ['local.set', 2],
    ];
    const body: Op[] = [
      ...[get(0), ['i32.const', 63] as Op, ['i32.and'] as Op, ['local.set', 1] as Op],
      ['loop', 'void'],
      ...[get(1), ['i32.load8_u', 1024, 0] as Op, ['i32.eqz'] as Op, ['if', 'void'] as Op],
      ...[...read(4096), ...read(8192)],
      ['end'],
      ...[get(1), ...add(1), ['local.tee', 1] as Op],
      ...[['i32.const', 200] as Op, ['i32.lt_u'] as Op, ['br_if', 0] as Op],
      ['end'],
      get(2),
    ];
    const text = code(body, true);
    const latch = text.indexOf('cbz') + 1;
    expect(text.slice(latch, latch + 3)).toEqual(['add #2', 'cmp #400', 'b<cc>']);
    expect(text.filter((t) => t === 'sbcs')).toHaveLength(2);
  });
});

import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { hottest, listing } from './listing.ts';

const get = (i: number): Op => ['local.get', i];
const i32 = (v: number): Op => ['i32.const', v];

const code = (body: Op[], arg: number, locals: 'i32'[] = []) =>
  listing({ params: ['i32'], results: ['i32'], locals, body }, [arg], firmware(false));

/*
 * x = x >> 8 << 5; if ((int)x < 0) return 1; return ((int)x >> 20) + x;
 *   gcc 12.2 -O2 -mcpu=cortex-m4
 *     lsrs r3, r0, #8; lsrs r0, r0, #23; add r0, r0, r3, lsl #5; bx lr
 */
it('makes no comparison that ranges decide', () => {
  const body: Op[] = [
    ...[get(0), i32(8), ['i32.shr_u'], i32(5), ['i32.shl'], ['local.tee', 0]],
    ...[i32(0), ['i32.lt_s'], ['if', 'void'], i32(1), ['return'], ['end']],
    ...[get(0), i32(20), ['i32.shr_s'], get(0), ['i32.add']],
  ] as Op[];
  expect(code(body, 3).flatMap((b) => b.code.filter((t) => /^(cmp reg|cmp #[01-]|b<)/.test(t)))).toEqual([]);
});

/*
 * if (!x) return 5; return x ? clz(x) : 32;
 *     cbz r0, .L9; clz r0, r0; bx lr
 */
it('asks no zeros that are counted for zero once more', () => {
  const body: Op[] = [get(0), ['i32.eqz'], ['if', 'void'], i32(5), ['return'], ['end'], get(0), ['i32.clz']];
  const text = code(body, 9).flatMap((b) => b.code);
  expect(text).toContain('clz');
  expect(text.filter((t) => t.startsWith('it '))).toEqual([]);
});

/*
 * n = (n & 15) + 1; p = 1024; do { s += load32(p); p += 4; } while ((int)--n > 0);
 *     ldr r2, [r3, #4]!; add r0, r0, r2; cmp r3, r1; bne .L4
 * The range of n makes `n > 0` `n != 0`, which the pointer's end stands for; of any n it stays: ldr; subs r1, r1, #1; cmp r1, #0; add; bgt
 */
it('compares for the only value that leaves a loop', () => {
  const loop = (start: Op[]): Op[] =>
    [
      ...[...start, ['local.set', 0], i32(1024), ['local.set', 1], ['loop', 'void']],
      ...[get(2), get(1), ['i32.load', 0, 0], ['i32.add'], ['local.set', 2]],
      ...[get(1), i32(4), ['i32.add'], ['local.set', 1]],
      ...[
        get(0),
        i32(-1),
        ['i32.add'],
        ['local.tee', 0],
        i32(0),
        ['i32.gt_s'],
        ['br_if', 0],
        ['end'],
        get(2),
      ],
    ] as Op[];
  const rounds = (start: Op[]) => hottest(code(loop(start), 9, ['i32', 'i32']));
  const known = rounds([get(0), i32(15), ['i32.and'], i32(1), ['i32.add']]);
  expect(known.map((t) => t.split(' ')[0])).toEqual(['ldr', 'add', 'cmp', 'b<cc>']);
  expect(rounds([get(0)]).filter((t) => t === 'add #-1')).toHaveLength(1);
});

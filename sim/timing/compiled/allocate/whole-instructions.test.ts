import { expect, it } from 'vitest';
import { move } from '../machine.ts';
import { at, make } from '../testing/machine-code.ts';
import { feedsProduct, wholes } from './whole-instructions.ts';

const flags = { readsFlags: true };
const conditional = { ...flags, conditional: true };

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7, kernel bumerge without checks, sched1:
 *   (set r225 (gt r150 r221)) {*compare_scc}
 *   (set r147 (smin r147 r221)) {*thumb2_sminsi3}
 *   (set cc (compare (ior (leu r136 r156) (leu r138 r160)) 0)) {*cmp_ior}
 */
it('takes for one instruction what gcc splits behind the allocator', () => {
  const code = [
    make('compare', 'cmp reg', [], [50, 51]),
    make('if-then', 'it x2'),
    make('move', 'mov<cc> #1', [52], [], flags),
    make('move', 'mov<cc> #0', [52], [52], conditional),
    make('alu', 'add shl #2', [60], [60, 52]),
    make('compare', 'cmp reg', [], [50, 51]),
    make('if-then', 'it x1'),
    make('move', 'mov<cc>', [50], [50, 51], conditional),
    make('compare', 'cmp', [], [66, 40]),
    make('if-then', 'it x1'),
    make('compare', 'cmp<cc>', [], [60, 36], flags),
    make('branch', 'b<cc>'),
  ];
  expect(wholes(code)).toEqual([0, 0, 0, 0, 4, 5, 5, 5, 8, 8, 8, 11]);
});

it('leaves a comparison apart from a move of something else', () => {
  const code = [
    make('compare', 'cmp reg', [], [50, 51]),
    make('move', 'mov choice', [53], [54], { ...flags, copy: true }),
    make('if-then', 'it x1'),
    make('move', 'mov<cc>', [53], [53, 55], conditional),
  ];
  expect(wholes(code)).toEqual([0, 1, 1, 1]);
});

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7, kernel lattice with checks, -fdump-rtl-sched1: (insn 157: r256 = r218 * r154 + r282, r257 = the upper word with r279), 16384 and zero, which stay; the code has
 *   mov.w r1, #16384; mov fp, r9; smlal r1, fp, lr, r0
 */
it('takes a product that is added to another value for one with the moves of that', () => {
  const code = [
    make('load', 'ldr', [1]),
    move(10, 20, at),
    move(11, 21, at),
    make('multiply', 'smlal', [10, 11], [1, 2, 10, 11], { accumulator: 10 }),
    move(12, 20, at),
    make('multiply', 'smlal', [12, 13], [1, 2, 12, 13], { accumulator: 12 }),
  ];
  expect(wholes(code)).toEqual([0, 1, 1, 1, 4, 5]);
  expect(code.map((_, i) => feedsProduct(code, i))).toEqual([false, true, true, false, false, false]);
});

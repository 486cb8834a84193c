import { expect, it } from 'vitest';
import { make } from '../testing/machine-code.ts';
import { wholes } from './whole-instructions.ts';

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

import { expect, it } from 'vitest';
import { move } from '../machine.ts';
import { at, block, machineCode, make, ways } from '../testing/machine-code.ts';
import { forwardCopies } from './hard-copies.ts';

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7, kernel gatedconv, -fdump-rtl-cprop_hardreg: "insn 941: replaced reg 4 with 0" is mov r4, r0 and the store of r4 in the stack behind it, which is str r0, [sp, #24] in the end;
 * "insn 353: replaced reg 3 with 11" is cmp r5, r3 behind mov r3, fp, a block further on.
 */
it('reads what was moved where it came from, and drops the moves', () => {
  const code = machineCode([
    block(0, [make('load', 'ldrb', [5], [11]), move(3, 5, at), make('store', 'str [sp]', [], [3])], {
      successors: ways(1),
    }),
    block(1, [make('alu', 'add', [3], [3]), make('compare', 'cmp', [], [3, 5])]),
    block(2, [move(3, 11, at)], { successors: ways(3) }),
    block(3, [make('alu', 'mul', [11], [3, 7]), make('alu', 'mul', [7], [3, 7])]),
  ]);
  forwardCopies(code);
  expect(code.blocks.map((b) => b.code.map((m) => [m.text, ...m.uses]))).toEqual([
    [
      ['ldrb', 11],
      ['mov', 5],
      ['str [sp]', 5],
    ],
    [
      ['add', 3],
      ['cmp', 3, 5],
    ],
    [['mov', 11]],
    [
      ['mul', 11, 7],
      ['mul', 3, 7],
    ],
  ]);
});

it('keeps low registers where they have a short encoding, and the asm behind a load', () => {
  const code = machineCode([
    block(0, [
      make('load', 'ldrb', [11], [10]),
      Object.assign(move(3, 11, at), { barrier: true }),
      make('shift', 'shr_s #6', [2], [3]),
      make('shift', 'shr_s #6', [10], [3]),
    ]),
    block(1, [
      make('load', 'ldrb', [11], [10]),
      Object.assign(move(3, 11, at), { barrier: true }),
      make('shift', 'shr_s #6', [10], [3]),
    ]),
  ]);
  forwardCopies(code);
  expect(code.blocks.map((b) => b.code.map((m) => [m.text, m.uses[0], m.barrier]))).toEqual([
    [
      ['ldrb', 10, false],
      ['mov', 11, true],
      ['shr_s #6', 3, false],
      ['shr_s #6', 11, false],
    ],
    [
      ['ldrb', 10, true],
      ['shr_s #6', 11, false],
    ],
  ]);
});

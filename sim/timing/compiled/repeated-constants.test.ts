import { expect, it } from 'vitest';
import { copyRepeatedConstants } from './repeated-constants.ts';
import { block, machineCode, make, ways } from './testing/machine-code.ts';

const zero = (r: number) => make('move', 'mov #0', [r]);
const step = (r: number) => make('alu', 'add', [r], [r]);

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7, kernel fir16 without checks, -fdump-rtl-sched1: (insn 7 (set r160 0))  (insn 8 (set r146 r160)); the code has movs r1, #0; mov r0, r1; mov r6, r1.
 */
it('copies a constant that a variable holds', () => {
  const code = machineCode([
    block(0, [zero(1), zero(2)], { successors: ways(1) }),
    block(1, [step(1), zero(3), step(2), step(3), zero(4), step(4)]),
  ]);
  copyRepeatedConstants(code);
  expect(code.blocks.map((b) => b.code.map((m) => [m.text, m.uses[0]]))).toEqual([
    [
      ['mov #0', undefined],
      ['mov kept', 1],
    ],
    [
      ['add', 1],
      ['mov kept', 2],
      ['add', 2],
      ['add', 3],
      ['mov #0', undefined],
      ['add', 4],
    ],
  ]);
});

it('leaves what is set once to other passes', () => {
  const code = machineCode([block(0, [zero(1), step(1), zero(2), zero(3)])]);
  copyRepeatedConstants(code);
  expect(code.blocks[0]!.code.map((m) => m.text)).toEqual(['mov #0', 'add', 'mov #0', 'mov #0']);
});

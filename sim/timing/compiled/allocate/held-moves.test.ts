import { expect, it } from 'vitest';
import { move } from '../machine.ts';
import { at, block, machineCode, make } from '../testing/machine-code.ts';
import { dropHeldMoves } from './held-moves.ts';

/*
 * gcc 12.2 -O2 -mcpu=cortex-m4, kernel conv1d without checks: LRA gives r5 to what is loaded and to what the asm behind the load reads, and r3 to what hands the value on; the move from r3 back to r5 is gone in the end.
 *   ldrsb.w r5, [fp, #1]!; mov r3, r5; ldrsh.w r5, [r2], #6; mla r1, r5, r3, r1
 */
it('leaves out a move to a register that holds the value', () => {
  const code = machineCode([
    block(0, [
      make('load', 'ldrsb', [5], [11]),
      move(3, 5, at),
      move(5, 3, at),
      make('load', 'ldrsh', [5], [2]),
      move(5, 3, at),
    ]),
  ]);
  dropHeldMoves(code);
  expect(code.blocks[0]!.code.map((m) => [m.text, ...m.defs])).toEqual([
    ['ldrsb', 5],
    ['mov', 3],
    ['ldrsh', 5],
    ['mov', 5],
  ]);
});

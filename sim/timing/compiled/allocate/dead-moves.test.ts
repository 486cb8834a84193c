import { expect, it } from 'vitest';
import { move } from '../machine.ts';
import { at, block, machineCode, make } from '../testing/machine-code.ts';
import { dropDeadMoves } from './dead-moves.ts';

/*
 * gcc 12.2 -O2 -mcpu=cortex-m4, kernel conv1d without checks (LRA, inheritance): once r283 hands on what r134 in memory held, nothing reads r134.
 *   Add original<-inheritance after:  335: r134:SI=r283:SI
 *   Removing dead insn:  335: r134:SI=r283:SI
 */
it('does not write what is handed on to all that read it', () => {
  const [value, loaded, handing, read] = [1, 2, 3, 4];
  const code = machineCode([
    block(0, [
      make('load', 'ldrsb', [loaded], [0]),
      move(handing, loaded, at),
      move(value, handing, at),
      move(read, handing, at),
      make('multiply', 'mul', [5], [read, read]),
      make('branch', 'return', [], [5]),
    ]),
  ]);
  dropDeadMoves(code);
  expect(code.blocks[0]!.code.map((m) => m.defs[0])).toEqual([loaded, handing, read, 5, undefined]);
});

import { expect, it } from 'vitest';
import { block, machineCode, make } from '../testing/machine-code.ts';
import { insertTemporaries } from './temporaries.ts';

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7, kernel goertzel without checks (LRA): r213, a product, and r214, a shift by a constant, are in memory.
 *   Choosing alt 1 in insn 85:  (0) r  (1) r  (2) r {*mul}          Creating newreg=274 from oldreg=213, assigning class GENERAL_REGS to r274
 *   Choosing alt 7 in insn 264:  (0) m  (1) l {*thumb2_movsi_vfp}   Creating newreg=275 from oldreg=274, assigning class LO_REGS to r275
 *   Choosing alt 1 in insn 87:  (0) l  (1) l  (2) M {*arm_shiftsi3} Creating newreg=279 from oldreg=214, assigning class LO_REGS to r279
 */
it('makes values for memory in low registers where a short encoding does, and moves others there', () => {
  const [high, product, shifted, other] = [11, 20, 21, 22];
  const code = machineCode([
    block(0, [
      make('multiply', 'mul', [product], [2, 3]),
      make('shift', 'shr_s #6', [shifted], [2]),
      make('shift', 'shr_s #6', [other], [high]),
    ]),
  ]);
  const registers = Array.from({ length: 12 }, (_, r) => r);
  const { anywhere } = insertTemporaries(code, registers, null, { first: true, lowMoves: true });
  const made = code.blocks[0]!.code;
  expect(made.map((m) => m.text)).toEqual(['mul', 'mov', 'mov', 'shr_s #6', 'mov', 'shr_s #6', 'mov', 'mov']);
  expect([...anywhere]).toEqual([made[0]!.defs[0], made[5]!.defs[0]]);
  expect([made[2], made[4], made[7]].map((m) => m!.defs[0])).toEqual([product, shifted, other]);
});

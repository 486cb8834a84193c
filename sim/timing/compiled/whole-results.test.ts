import { expect, it } from 'vitest';
import { coalesce } from './allocate/coalesce.ts';
import type { Machine, MachineCode } from './machine.ts';
import { move } from './machine.ts';
import { at, block, machineCode, make, ways } from './testing/machine-code.ts';
import { copyWholeResults } from './whole-results.ts';

const alu = (text: string, to: number, ...from: number[]): Machine => make('alu', text, [to], from);

/** A value that is loaded to 2 and 3 and shifted by one each round, as 4 and 5: variables 6 and 7 carry it. */
function shifted(pairs: MachineCode['pairs']): MachineCode {
  const load = (to: number): Machine => make('load', 'ldr', [to], [0], { address: [0] });
  const round = [
    ...[alu('lsr', 8, 6), alu('orr lsl', 4, 8, 7), alu('lsr', 5, 7)],
    ...[move(6, 4, at), move(7, 5, at), make('branch', 'b<cc>')],
  ];
  const blocks = [
    block(0, [make('alu', 'p', [0]), load(2), load(3), move(6, 2, at), move(7, 3, at)], {
      successors: ways(1),
    }),
    block(1, round, { successors: ways(1, 2), loopDepth: 1 }),
    block(2, [make('alu', 'add', [9], [6, 7])]),
  ];
  return machineCode(blocks, { pairs, wides: [{ low: 4, high: 5, operands: [6, 7], block: 1 }] });
}

const textsOf = (code: MachineCode): string[] => {
  copyWholeResults(code);
  coalesce(code);
  return code.blocks[1]!.code.map((m) => m.text);
};

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7, the inner loop of kernel hdcenc with checks, which shifts what the loop around it loaded: lsr r0, r2, #1;  orr r0, r0, r3, lsl #31;  mov r2, r0;  lsr r4, r3, #1;  mov r3, r4
 * Without checks, the first round stands before the loop, which then shifts what was shifted: lsr r3, r3, #1;  orr r3, r3, r1, lsl #31;  lsr r1, r1, #1
 */
it('copies what replaces a value that stays whole, and both its words are there then', () => {
  const code = shifted(new Map([[2, 3]]));
  expect(textsOf(code)).toEqual(['lsr', 'orr lsl', 'lsr', 'mov word', 'mov word', 'b<cc>']);
  const [, low, high, first, second] = code.blocks[1]!.code as [Machine, Machine, Machine, Machine, Machine];
  const [[x, y]] = [...code.pairs] as [[number, number]];
  expect(first.defs).toEqual([x, y]);
  expect(second.defs).toEqual([y]);
  // Both words are alive until the second copy.
  expect([low.defs[0], high.defs[0]]).toEqual(second.uses.toReversed());
});

it('leaves words alone that fell apart', () => {
  expect(textsOf(shifted(new Map()))).toEqual(['lsr', 'orr lsl', 'lsr', 'b<cc>']);
});

it('leaves alone what does not read the value', () => {
  const code = shifted(new Map([[2, 3]]));
  code.wides = [{ low: 4, high: 5, operands: [0], block: 1 }];
  expect(textsOf(code)).toEqual(['lsr', 'orr lsl', 'lsr', 'b<cc>']);
});

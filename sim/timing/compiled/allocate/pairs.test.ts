import { expect, it } from 'vitest';
import { allocate } from '../allocate.ts';
import { following, keepOtherWords, preceding, renamePairs } from './pairs.ts';
import { formRegions } from './regions.ts';
import { block, machineCode, make, ways } from '../testing/machine-code.ts';
import type { Machine, MachineCode } from '../machine.ts';

const alu = (text: string, to: number, ...from: number[]): Machine => make('alu', text, [to], from);

/**
 * Two values of 64 bits, loaded for an asm each, and a loop that makes both anew: p 0, n 1, a 2 and 3, b 4 and 5, a & b 6 and 7, a | b 8 and 9. gcc 12.2 -O2 -mcpu=cortex-m4:
 * and r8, r4, r2; orr r9, r4, r2; and ip, r5, r3; orr lr, r5, r3; lsr r7, r8, #9; lsr r6, r9, #5; orr r7, r7, ip, lsl #23; orr r6, r6, lr, lsl #27; subs r1, r1, #1;
 * eor r4, r7, r9; eor r2, r6, r8; eor r5, lr, ip, lsr #9; eor r3, ip, lr, lsr #5; bne
 */
function twoInLoop(): MachineCode {
  const load = (to: number, barrier = false): Machine =>
    make('load', 'ldr', [to], [0], { address: [0], barrier });
  const store = (from: number): Machine => make('store', 'str', [], [from, 0], { address: [0] });
  const round = [
    ...[alu('and', 6, 2, 4), alu('orr', 8, 2, 4), alu('and', 7, 3, 5), alu('orr', 9, 3, 5)],
    ...[
      alu('lsr', 10, 6),
      alu('lsr', 11, 8),
      alu('orr', 10, 10, 7),
      alu('orr', 11, 11, 9),
      alu('subs', 1, 1),
    ],
    ...[alu('eor', 2, 10, 8), alu('eor', 4, 11, 6), alu('eor', 3, 9, 7), alu('eor', 5, 7, 9)],
    make('branch', 'b<cc>'),
  ];
  const blocks = [
    block(0, [make('alu', 'p', [0]), make('alu', 'n', [1]), load(2), load(3, true), load(4), load(5, true)], {
      successors: ways(1),
    }),
    block(1, round, { successors: ways(1, 2), loopDepth: 1 }),
    block(2, [store(2), store(3), store(4), store(5)]),
  ];
  return machineCode(blocks, {
    pairs: new Map([
      [2, 3],
      [4, 5],
    ]),
  });
}

it('keeps a value alive of which a word is made', () => {
  const code = twoInLoop();
  // GENERAL_REGS=12 in gcc's dump: a and b are there beside all that replaces them.
  expect(formRegions(code).root.pressure).toBe(8);
  keepOtherWords(code);
  expect(formRegions(code).root.pressure).toBe(12);
});

it('gives both words registers in a row', () => {
  const { code } = allocate(twoInLoop());
  const [, , low, high, low2, high2] = code.blocks[0]!.code.map((m) => m.defs[0]!);
  expect(following[low!]).toBe(high);
  expect(following[low2!]).toBe(high2);
});

it('knows that the stack pointer stands between r12 and lr', () => {
  // r11, r12 and lr.
  expect([following[13], following[4], following[5], preceding[5]]).toEqual([4, -1, -1, -1]);
});

it('takes a word that became part of two values for itself', () => {
  const pairs = new Map([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  expect([...renamePairs(pairs, (r) => (r === 3 ? 1 : r))]).toEqual([[5, 6]]);
  expect([...renamePairs(pairs, (r) => (r === 3 ? 1 : r === 4 ? 2 : r))]).toEqual([
    [1, 2],
    [5, 6],
  ]);
});

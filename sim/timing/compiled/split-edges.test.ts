import { expect, it } from 'vitest';
import type { Machine, MachineBlock } from './machine.ts';
import { splitEdges } from './split-edges.ts';
import { block as blockOf, machineCode, make } from './testing/machine-code.ts';

const move = (way: number): Machine => make('move', 'mov', [1], [2], { copy: true, way });
const block = (id: number, code: Machine[], to: number[]): MachineBlock => {
  const successors = to.map((s, i) => ({ to: s, weight: i === 0 ? 9 : 1 }));
  return blockOf(id, code, { weight: 10, loopDepth: 1, successors });
};

/*
 * Kernel zigzag, gcc 12.2 -O2 -mcpu=cortex-m4: the way round alone needs what was read to be the last value.
 *   cmp r6, r3;  beq.n 27e;  mov r5, lr;  b.n 1f4
 */
it('moves what one way needs to that way', () => {
  const loops = [{ header: 1, preheader: 0, blocks: [1], depth: 1, enterFrequency: 1, exitFrequency: 1 }];
  const code = machineCode(
    [
      block(0, [], [1]),
      block(1, [make('compare', 'cmp'), move(1), move(2), make('branch', 'b<cc>')], [1, 2]),
      block(2, [], []),
    ],
    { loops, registers: 16 },
  );
  splitEdges(code);
  expect(
    code.blocks.map((b) => [
      b.id,
      b.weight,
      b.code.map((m) => m.text).join(' '),
      b.successors.map((s) => s.to),
    ]),
  ).toEqual([
    [0, 10, '', [1]],
    [1, 10, 'cmp b<cc>', [3, 2]],
    [2, 10, 'mov', []],
    [3, 9, 'mov', [1]],
  ]);
  expect(code.loops[0]!.blocks).toEqual([1, 3]);
});

it('leaves what runs under a condition in one piece', () => {
  const arm = { ...block(2, [], [3]), guarded: true };
  const code = machineCode([block(1, [move(3), make('compare', 'cmp')], [2, 3]), arm, block(3, [], [])]);
  splitEdges(code);
  expect(code.blocks.map((b) => b.id)).toEqual([1, 2, 3]);
  expect(code.blocks[0]!.code.map((m) => m.text)).toEqual(['mov', 'cmp']);
});

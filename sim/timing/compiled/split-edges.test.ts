import { expect, it } from 'vitest';
import { instruction, type Machine, type MachineBlock, type MachineCode } from './machine.ts';
import { splitEdges } from './split-edges.ts';

const at = { f: 0, block: 0 };
const move = (way: number): Machine =>
  instruction('move', 'mov', at, { defs: [1], uses: [2], copy: true, way });
const block = (id: number, code: Machine[], to: number[]): MachineBlock => ({
  ...{ id, code, weight: 10, frequency: 1000, next: -1, loopDepth: 1, origin: at },
  successors: to.map((s, i) => ({ to: s, weight: i === 0 ? 9 : 1 })),
});

/*
 * Kernel zigzag, gcc 12.2 -O2 -mcpu=cortex-m4: the way round alone needs what was read to be the last value.
 *   cmp r6, r3;  beq.n 27e;  mov r5, lr;  b.n 1f4
 */
it('moves what one way needs to that way', () => {
  const code: MachineCode = {
    blocks: [
      block(0, [], [1]),
      block(
        1,
        [instruction('compare', 'cmp', at), move(1), move(2), instruction('branch', 'b<cc>', at)],
        [1, 2],
      ),
      block(2, [], []),
    ],
    loops: [{ header: 1, preheader: 0, blocks: [1], depth: 1, enterFrequency: 1, exitFrequency: 1 }],
    registers: 16,
    floats: new Map(),
    entry: 0,
  };
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

import { expect, it } from 'vitest';
import { liveness } from '../liveness.ts';
import type { Machine, MachineBlock } from '../machine.ts';
import { block as blockOf, machineCode, make } from '../testing/machine-code.ts';
import { buildAllocnos, type Allocnos } from './allocnos.ts';
import { Equivalents } from './equivalents.ts';
import { formRegions, type RegionTree } from './regions.ts';

const block = (id: number, code: Machine[], frequency: number, to: [number, number][]): MachineBlock => {
  const successors = to.map(([t, f]) => ({ to: t, weight: f, frequency: f }));
  return blockOf(id, code, { weight: frequency, frequency, successors, next: id + 1 });
};

function built(blocks: MachineBlock[], loop: number[] = []): { tree: RegionTree; allocnos: Allocnos } {
  const loops = loop.length
    ? [{ header: loop[0]!, preheader: 0, blocks: loop, depth: 1, enterFrequency: 1, exitFrequency: 1 }]
    : [];
  const code = machineCode(blocks, { loops });
  const tree = formRegions(code);
  return { tree, allocnos: buildAllocnos(code, tree, new Equivalents(code, liveness(code))) };
}

/*
 * Of the operands of a multiplication that end there what is added comes first. gcc 12.2 -O2 -mcpu=cortex-m4, kernel dot8x16u without checks, -fdump-rtl-ira-details, r212 = r136 * r138 + r211:
 *   cp13:a43(r212)<->a46(r211)@1:shuffle   cp14:a43(r212)<->a47(r138)@1:shuffle   cp15:a43(r212)<->a48(r136)@1:shuffle
 */
it('numbers copies and values as gcc does', () => {
  const code = [
    ...[1, 2, 3].map((v) => make('load', 'ldr', [v], [])),
    make('multiply', 'mla', [4], [1, 2, 3]),
    make('store', 'str', [], [4]),
  ];
  const { tree, allocnos } = built([block(0, code, 1, [])]);
  const sum = allocnos.of(tree.root, 4)!;
  expect(sum.copies.map((c) => [c.first, c.second])).toEqual([
    [4, 3],
    [4, 2],
    [4, 1],
  ]);
  expect(sum.copies.map((c) => c.number)).toEqual([0, 1, 2]);
});

/*
 * What lives in a loop alone does not count there how long registers are short, so it goes to memory outside last. Kernel conv1d without checks, Cortex-A7: r212, whose life in its loop is as long, waits
 * until r167 is pushed, and both cost less than their neighbours.
 *   Pushing a8(r167,l0)(potential spill: pri=4, cost=250)   Pushing a166(r212,l0: a140(r212,l2: a49(r212,l3)))(cost 100)
 */
it('gives what lives in a loop alone no share in the excess around it', () => {
  const many = Array.from({ length: 16 }, (_, i) => 10 + i);
  const blocks = [
    block(
      0,
      many.map((v) => make('load', 'ldr', [v], [])),
      1,
      [[1, 1]],
    ),
    block(
      1,
      [make('alu', 'add', [1], [10]), make('alu', 'add', [11], [1, 11]), make('branch', 'b<cc>', [], [])],
      10,
      [
        [1, 9],
        [2, 1],
      ],
    ),
    block(
      2,
      many.map((v) => make('store', 'str', [], [v])),
      1,
      [],
    ),
  ];
  const { tree, allocnos } = built(blocks, [1]);
  const [root, loop] = tree.all;
  expect(allocnos.of(loop!, 1)!.excess).toBeGreaterThan(0);
  expect(allocnos.of(root!, 1)!.excess).toBe(0);
  expect(allocnos.of(root!, 11)!.excess).toBeGreaterThan(allocnos.of(loop!, 11)!.excess);
});

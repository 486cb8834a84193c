import { expect, it } from 'vitest';
import { liveness } from '../liveness.ts';
import type { Machine, MachineBlock } from '../machine.ts';
import { block as blockOf, machineCode, make as makeAny } from '../testing/machine-code.ts';
import { buildAllocnos } from './allocnos.ts';
import { Equivalents } from './equivalents.ts';
import { formRegions } from './regions.ts';

const make = (kind: Machine['kind'], text: string, extra: Partial<Machine>): Machine =>
  makeAny(kind, text, [], [], extra);
const block = (id: number, code: Machine[], to: number[]): MachineBlock => {
  const successors = to.map((t) => ({ to: t, weight: 1, frequency: 1 }));
  return blockOf(id, code, { successors, frequency: 1, next: id + 1 });
};

/*
 * The registers of an address are wanted in registers as much as others. gcc 12.2 -O2 -mcpu=cortex-a7, kernel fir16 without checks: ldrsh.w r4, [r8, r7] in the inner loop, where the offset r204 costs least in
 * memory; another value goes there, which the loop does not mention:
 *   Pushing a47(r144,l4)(potential spill: pri=40, cost=200) ...  Pushing a55(r204,l4)(cost 70)
 */
it('spills no address in a loop while something else may go', () => {
  const idle = Array.from({ length: 14 }, (_, i) => 20 + i);
  const [pointer, offset, value, sum] = [0, 1, 2, 3];
  const all = [pointer, offset, sum, ...idle];
  const blocks = [
    block(
      0,
      all.map((v) => make('load', 'ldr', { defs: [v] })),
      [1],
    ),
    block(
      1,
      [
        make('load', 'ldrh signed', { defs: [value], uses: [pointer, offset], address: [pointer, offset] }),
        make('alu', 'add', { defs: [sum], uses: [sum, value] }),
        make('branch', 'b<cc>', {}),
      ],
      [1, 2],
    ),
    block(
      2,
      all.map((v) => make('store', 'str', { uses: [v] })),
      [],
    ),
  ];
  const loops = [{ header: 1, preheader: 0, blocks: [1], depth: 1, enterFrequency: 1, exitFrequency: 1 }];
  const code = machineCode(blocks, { loops });
  const tree = formRegions(code);
  const { of } = buildAllocnos(code, tree, new Equivalents(code, liveness(code)));
  const loop = tree.all[1]!;
  expect([pointer, offset, idle[0]!].map((v) => of(loop, v)!.bad)).toEqual([true, true, false]);
});

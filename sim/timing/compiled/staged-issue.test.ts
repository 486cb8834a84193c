import { describe, expect, it } from 'vitest';
import { cores } from '../../cores/index.ts';
import type { DualIssueTiming, Stages } from '../../cores/core.ts';
import { instruction, type Kind, type Machine, type MachineBlock } from './machine.ts';
import { emptyStages, stagedBlock } from './staged-issue.ts';

const timing = cores['cortex-a8'].timing as DualIssueTiming & { stages: Stages };
const origin = { f: 0, block: 0 };
const make = (kind: Kind, text: string, defs: number[], uses: number[], extra: Partial<Machine> = {}) =>
  instruction(kind, text, origin, { defs, uses, ...extra });
const load = (to: number, from: number, extra: Partial<Machine> = {}) =>
  make('load', 'ldr', [to], [from], { address: [from], ...extra });
const store = (value: number, at: number) => make('store', 'str', [], [at, value], { address: [at] });
const add = (to: number, ...uses: number[]) => make('alu', 'add reg', [to], uses);
const move = (to: number) => make('move', 'mov #', [to], [], { immediate: true });

function cycles(...code: Machine[]): number {
  const b = { id: 0, code, weight: 1, frequency: 1, successors: [], next: -1, loopDepth: 0, origin };
  return stagedBlock(b satisfies MachineBlock, emptyStages(), timing).cycles;
}

describe('stagedBlock', () => {
  it("takes the end of the manual's example as it does (ARM DDI 0344, example 16-6)", () => {
    expect(cycles(load(0, 6), move(1))).toBe(1);
    expect(cycles(load(0, 6), move(1), load(0, 0))).toBe(4);
    expect(cycles(load(0, 6), move(1), load(0, 0), store(0, 4))).toBe(5);
  });

  it.each([
    ['a move and its reader', [move(1), add(2, 1, 3)], 1],
    ['a sum and its store', [add(1, 2, 3), store(1, 4)], 1],
    ['a sum that is an address', [add(1, 2, 3), load(5, 1)], 3],
    ['two accesses', [load(1, 2), load(3, 4)], 2],
    ['two results for one register', [add(1, 2, 3), add(1, 4, 5)], 2],
    ['a product behind a sum', [add(1, 2, 3), make('multiply', 'mul', [4], [5, 6])], 3],
    ['a product and its reader', [make('multiply', 'mul', [1], [2, 3]), add(4, 1, 5)], 6],
    [
      'products that are added up',
      [1, 2].map(() => make('multiply', 'mla', [1], [2, 3, 1], { accumulator: 1 })),
      4,
    ],
    ['an index that is shifted by one', [load(1, 2, { registerOffset: true, scale: 1 })], 2],
    ['an index of words', [load(1, 2, { registerOffset: true, scale: 2 })], 1],
  ])('counts %s', (_, code, expected) => {
    expect(cycles(...code)).toBe(expected);
  });
});

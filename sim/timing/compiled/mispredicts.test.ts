import { describe, expect, it } from 'vitest';
import { cores } from '../../cores/index.ts';
import type { DualIssueTiming } from '../../cores/core.ts';
import type { MachineBlock, MachineCode } from './machine.ts';
import { mispredictsPerRun } from './mispredicts.ts';
import { block as blockOf, machineCode, make } from './testing/machine-code.ts';

const timing = cores['cortex-a7'].timing as DualIssueTiming;

/** A loop of `rounds` with some checks in it, inside an endless one. */
function nest(rounds: number, checks: number): MachineCode {
  const block = (id: number, next: number, extra: Partial<MachineBlock>): MachineBlock =>
    blockOf(id, [], { next, loopDepth: 1, ...extra });
  const inner = [
    ...Array.from({ length: checks }, () => make('branch', 'bhi trap', [], [], { readsFlags: true })),
    make('branch', 'b<cc>', [], [], { readsFlags: true, taken: 1 - 1 / rounds, backward: true }),
  ];
  const successors = [
    { to: 1, weight: rounds - 1 },
    { to: 2, weight: 1 },
  ];
  const blocks = [
    block(0, 1, { successors: [{ to: 1, weight: 1 }] }),
    block(1, 2, { weight: rounds, loopDepth: 2, code: inner, successors }),
    block(2, -1, { successors: [{ to: 0, weight: 1 }] }),
  ];
  const loops = [
    { header: 0, preheader: -1, blocks: [0, 1, 2], depth: 1, enterFrequency: 1, exitFrequency: 1 },
    { header: 1, preheader: 0, blocks: [1], depth: 2, enterFrequency: 1, exitFrequency: 1 },
  ];
  return machineCode(blocks, { loops, registers: 0 });
}

const misses = (rounds: number, checks: number): number =>
  mispredictsPerRun(nest(rounds, checks), timing).get(1)! * rounds;

/* A history of 8 branches (test/reference/tools/cortex-a7.ts). */
describe('the end of a short loop', () => {
  it('is known where the history reaches back to its beginning', () => {
    expect(misses(5, 0)).toBeLessThan(0.01);
    expect(misses(3, 1)).toBeLessThan(0.01);
  });

  it('is missed once where checks fill the history', () => expect(misses(5, 2)).toBeCloseTo(1, 1));
  it('is missed once where the loop is longer', () => expect(misses(20, 0)).toBeCloseTo(1, 1));
  it('is missed more often where the rounds differ', () => expect(misses(2.4, 0)).toBeGreaterThan(0.5));
});

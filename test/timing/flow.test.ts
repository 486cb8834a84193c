import { expect, it } from 'vitest';
import { compiledRecords, countKernel } from '../../scripts/comparisons.ts';
import { compiledFor } from '../../sim/timing/compiled/block-cycles.ts';
import { buildFor } from '../../sim/timing/compiled/build.ts';
import type { MachineCode } from '../../sim/timing/compiled/machine.ts';
import { findCore } from '../../sim/cores/index.ts';
import { referenceKernel } from '../reference/tools/kernels.ts';

/** What comes into blocks but does not run in them, or the other way round, and the same of what leaves them; in instructions, as a part of all. */
function lost({ blocks, entry }: MachineCode): number {
  const into = new Map<number, number>();
  for (const { successors } of blocks)
    for (const { to, weight } of successors) into.set(to, (into.get(to) ?? 0) + weight);
  let [bad, total] = [0, 0];
  for (const { id, code, weight, successors } of blocks) {
    const out = successors.reduce((sum, s) => sum + s.weight, 0);
    const came = id === entry ? 0 : Math.abs((into.get(id) ?? 0) - weight);
    const left = successors.length > 0 ? Math.abs(out - weight) : 0;
    bad += Math.max(came, left) * Math.max(1, code.length);
    total += weight * code.length;
  }
  return total > 0 ? bad / total : 0;
}

/**
 * A branch that a pass decides the wrong way takes runs to where nothing ran: counts that came from running the module no longer add up.
 * What is left is how threads share out counts between a block and its copy, where nobody counted by the way in: 5 % at most (probetab).
 */
it.each([
  ['cortex-m4', true],
  ['cortex-a7', false],
] as const)(
  'keeps the counts of all blocks of all kernels through every pass, %s, checked: %s',
  (core, checked) => {
    const runtime = checked ? 'wasm2c' : 'wasm2c-unchecked';
    const build = buildFor(findCore(core), checked);
    const bad = compiledRecords()
      .filter((r) => r.core === core && r.runtime === runtime)
      .flatMap(({ kernel, n }) => {
        const { analysis, counts } = countKernel(referenceKernel(kernel), n);
        return compiledFor(analysis, counts, build).map(({ root, allocation }) => ({
          where: `${kernel}/${root.name}`,
          lost: lost(allocation.code),
        }));
      })
      .filter((f) => f.lost > 0.06);
    expect(bad).toEqual([]);
  },
  300_000,
);

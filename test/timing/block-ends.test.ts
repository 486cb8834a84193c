/** How the classic interpreter of WAMR reads blocks for their ends, against traces of it, and what a report says of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openPipeline, prepare } from '../../cli/workbench.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { countKernel } from '../../scripts/comparisons.ts';
import { kernelCost } from '../../sim/kernel-cost.ts';
import { countsUnder } from '../../sim/kernel-counts.ts';
import { findRuntime } from '../../sim/runtimes/index.ts';
import { timeModule } from '../../sim/time-module.ts';
import type { Instruction } from '../../sim/wasm/module.ts';
import { referenceKernel } from '../reference/tools/kernels.ts';

/** Instructions that one reading looks at, the block's end too. */
function looksAt(body: readonly Instruction[], at: number): number {
  let depth = 1;
  let k = at + 1;
  for (; depth > 0; k++)
    depth += body[k].name === 'end' ? -1 : /^(block|loop|if)$/.test(body[k].name) ? 1 : 0;
  return k - at - 1;
}

describe('blocks that are read for their ends', () => {
  // Runs of wasm_loader_find_block_addr that find nothing in its table, and of its switch: the second round of traces on the Cortex-M4; on the Cortex-A7 they are the same.
  it.each([
    ['protolite', 69, 11386],
    ['ndefread', 10, 1356],
    ['glyphblit', 19, 1183],
    ['crc', 0, 0],
  ])('are those that were traced: %s', (kernel, scans, instructions) => {
    const { analysis, countsUnder: under } = countKernel(referenceKernel(kernel), [1, 2]);
    const found = under('wamr-classic').scans!;
    expect(found.reduce((sum, s) => sum + s.scans, 0)).toBe(scans);
    const looked = (f: number, at: number) => looksAt(analysis.functions[f].wasm.body, at);
    expect(found.reduce((sum, { f, at, scans }) => sum + scans * looked(f, at), 0)).toBe(instructions);
    expect(under('wamr-fast').scans).toBeUndefined();
  });

  const notesOf = (kernel: string, runtime: string): string => {
    const wasm = readFileSync(new URL(`../reference/${kernel}.wasm`, import.meta.url));
    const call = { entry: 'run', args: ['5'], fuel: 1e8, core: 'cortex-m4', runtime };
    return timeModule(wasm, call).notes.join('\n');
  };

  it('are named in a report, with what helps, where they take time', () => {
    expect(notesOf('held-out-9/protolite', 'wamr-classic')).toMatch(
      /3\d % of the cycles go into looking for ends of blocks again: .* 64 places of 2, .*and \d+ blocks that ran .*BLOCK_ADDR_CACHE_SIZE 512 has room for them all \(12 KiB of RAM\)/,
    );
    for (const [kernel, runtime] of [
      ['held-out-9/protolite', 'wamr-fast'],
      ['held-out-9/protolite', 'wasm3'],
      ['kernels/crc', 'wamr-classic'],
    ] as const)
      expect(notesOf(kernel, runtime)).not.toContain('ends of blocks');
  });

  it('are followed in a kernel through the windows before the one that counts', async () => {
    const loaded = openPipeline('smarteryou');
    const choice = chooseModel(loaded.pipeline, { rateHz: Math.min(...loaded.pipeline.rates) });
    const { profile } = await prepare(loaded, choice, { runtimes: ['wamr-classic'], verify: false });
    const { stages } = countsUnder(profile, findRuntime('wamr-classic'));
    const scans = stages.flatMap((s) => s.scans!).reduce((sum, s) => sum + s.scans, 0);
    expect(scans).toBeGreaterThan(0);
    expect(scans).toBeLessThan(100);
    expect(countsUnder(profile, findRuntime('wamr-fast')).stages).toEqual(
      profile.stages.map((s) => s.counts),
    );
    const [classic] = kernelCost(profile, 'cortex-m4', 'wamr-classic').stages;
    expect(classic.cycles.value).toBeGreaterThan(0);
  });
});

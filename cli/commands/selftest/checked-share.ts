/** How many of the memory accesses that a kernel executes keep a bounds check in its C code. */
import {
  asGenerated,
  planAccesses,
  type BoundsChecks,
} from '../../../generator/firmware/wasm2c/access-plan.ts';
import type { KernelManifest } from '../../../kernel/manifest.ts';
import type { BlockCounts, ModuleAnalysis } from '../../../sim/wasm/index.ts';

/** 0 to 1, over the counted blocks; the plan is the one that the code is made by. */
export function checkedShare(
  { analysis, manifest }: { analysis: ModuleAnalysis; manifest: KernelManifest },
  counts: BlockCounts,
  options: { weights: 'flash' | 'ram'; checks: BoundsChecks },
): number {
  if (asGenerated(options.checks)) return options.checks === 'generated' ? 1 : 0;
  const plan = planAccesses(analysis.bytes, manifest, options);
  let next = 0;
  let all = 0;
  let checked = 0;
  analysis.functions.forEach((f, i) => {
    f.wasm.body.forEach(({ name }, at) => {
      if (!/\.(load|store)/.test(name)) return;
      const { kind } = plan.accesses[next++];
      const block = f.blocks.find((b) => at >= b.first && at < b.last);
      const runs = block ? counts.blocks[i][block.id] : 0;
      all += runs;
      if (kind === 'any') checked += runs;
    });
  });
  return all === 0 ? 0 : checked / all;
}

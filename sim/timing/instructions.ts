/** Machine instructions that compiled code executes, by the same compiled-code model that cycles come from. */
import type { BlockCounts, ModuleAnalysis } from '../wasm/index.ts';
import { compiledFor } from './compiled/block-cycles.ts';
import { firmware } from './compiled/build.ts';

/**
 * Instructions that the counted blocks make a 32-bit Arm core execute, Thumb-2 as gcc -O2 emits it. `checked`: every access tests its
 * bounds; `rewritten`: as the analysis says. A call into the compiler's library counts the cycles that it takes, as instructions of one cycle each.
 */
export function compiledInstructions(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  checked: boolean,
  rewritten = false,
): number {
  let executed = 0;
  for (const { allocation } of compiledFor(analysis, counts, firmware(checked, rewritten)))
    for (const { code, weight } of allocation.code.blocks)
      executed +=
        weight * code.reduce((sum, m) => sum + (m.kind === 'library' ? Math.max(1, m.cycles) : 1), 0);
  return Math.round(executed);
}

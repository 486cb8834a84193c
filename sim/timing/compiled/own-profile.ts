/**
 * What gcc's counts begin with (estimate_bb_frequencies). The most frequent block of a function gets 2^30 while the function is by itself, and the entry so much less; a
 * function that is inlined counts in terms of its caller, of which a wrapper around an export has no loop. So counts overflow (static-profile.ts) behind wrappers, not in functions that stay.
 */
import type { BlockCounts, FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import { buildGuessedGraph } from './build-flow-graph.ts';
import type { Guesses } from './flow-graph.ts';
import type { InlinePlan } from './inline.ts';
import { entryCount } from './static-profile.ts';

/** An entry gets no less, however deep the loops. */
const leastCount = 16;

/** gcc's count of the entry as a part of what entries count here. */
export function entryScale(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  root: FunctionAnalysis,
  plan: InlinePlan,
  guesses: Guesses,
): number {
  if (root.loops.length === 0 || plan.isWrapped(root.wasm.index)) return 1;
  const { mostCount } = buildGuessedGraph(analysis, counts, root, guesses);
  return Math.min(1, Math.max(leastCount / entryCount, entryCount / mostCount));
}

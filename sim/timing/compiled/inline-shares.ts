/** The part of a function's runs that its own code has, where other runs are those of copies in its callers. */
import type { BlockCounts, ModuleAnalysis } from '../../wasm/index.ts';
import type { Inlining, InlinePlan } from './inline.ts';

export function ownShares(analysis: ModuleAnalysis, counts: BlockCounts, plan: InlinePlan): number[] {
  const { functions } = analysis;
  const calls = functions.map((_, i) => counts.blocks[i]![0] ?? 0);
  let shares = functions.map(() => 1);
  // What is inlined into what is inlined has its share after one round more.
  for (let round = 0; round < functions.length; round++) {
    const taken = functions.map(() => 0);
    const take = (f: number, inlining: Inlining, share: number): void => {
      for (const [at, { inlined }] of inlining) {
        const { index } = functions[f]!.wasm.body[at]!;
        const block = functions[f]!.blocks.find((b) => b.first <= at && at < b.last)!;
        const here = counts.blocks[f]![block.id]! * share;
        taken[index]! += here;
        if (here > 0) take(index, inlined, here / calls[index]!);
      }
    };
    functions.forEach((_, f) => {
      if (plan.standsAlone(f)) take(f, plan.of(f), shares[f]!);
    });
    const next = taken.map((n, f) => (calls[f]! > 0 ? Math.max(0, 1 - n / calls[f]!) : 1));
    const settled = next.every((share, f) => Math.abs(share - shares[f]!) < 1e-9);
    shares = next;
    if (settled) break;
  }
  return shares;
}

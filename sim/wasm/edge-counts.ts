/** How often each exit of each block was taken, from block counts. */
import type { FunctionAnalysis } from './analysis.ts';

/**
 * Counts by block id and position in `exits`. What follows a br_if or an if is a block of its own with that one way in,
 * so both ways are known exactly; the targets of a br_table share the block's count evenly.
 */
export function edgeCounts(f: FunctionAnalysis, counts: readonly number[]): number[][] {
  return f.blocks.map((b) => {
    const total = counts[b.id] ?? 0;
    const { exits } = b;
    if (exits.length <= 1) return exits.map(() => total);
    const fall = exits.findIndex((e) => !e.taken);
    if (exits.length === 2 && fall >= 0) {
      const straight = Math.min(total, counts[exits[fall]!.to] ?? 0);
      return exits.map((_, i) => (i === fall ? straight : total - straight));
    }
    return exits.map(() => total / exits.length);
  });
}

/** Cycles of blocks booked to the source lines that their instructions come from. */
import type { SourcePosition } from '../common/source-map.ts';
import { isOperator, type ModuleAnalysis } from './wasm/index.ts';

export interface LineCost extends SourcePosition {
  cycles: number;
}

/**
 * A block's cycles are shared evenly among its operators: what one of them costs apart is not known, since compilers merge them.
 * The costliest line first; code without a line is left out.
 */
export function costByLine(
  { functions }: ModuleAnalysis,
  blockCycles: readonly (readonly number[])[],
  locate: (offset: number) => SourcePosition | null,
): LineCost[] {
  const costs = new Map<string, LineCost>();
  functions.forEach((f, i) =>
    f.blocks.forEach((block) => {
      const cycles = blockCycles[i]![block.id]!;
      const operators = f.wasm.body.slice(block.first, block.last).filter(isOperator);
      if (cycles === 0) return;
      for (const { offset } of operators) {
        const position = locate(offset);
        if (!position) continue;
        const key = `${position.file}:${position.line}`;
        const cost = costs.get(key) ?? { ...position, cycles: 0 };
        cost.cycles += cycles / operators.length;
        costs.set(key, cost);
      }
    }),
  );
  return [...costs.values()].sort(
    (a, b) => b.cycles - a.cycles || (a.file < b.file ? -1 : 1) || a.line - b.line,
  );
}

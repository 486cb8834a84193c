/** Cycles of interpreted code booked to wasm functions and blocks: each executed operator by its class. */
import type { OperatorCycles } from '../runtimes/runtime.ts';
import type { BlockCounts, ModuleAnalysis } from '../wasm/index.ts';
import { operatorClass } from '../wasm/operator-class.ts';

export function interpretedBlockCycles(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  table: OperatorCycles,
): number[][] {
  return analysis.functions.map((f, i) =>
    f.blocks.map(({ id, first, last }) => {
      const times = counts.blocks[i]![id]!;
      if (times === 0) return 0;
      let cycles = 0;
      for (let k = first; k < last; k++) cycles += table[operatorClass(f.wasm.body[k]!.name)] ?? 0;
      return times * cycles;
    }),
  );
}

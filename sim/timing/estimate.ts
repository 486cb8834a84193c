/** Cycles of counted blocks on a core under a runtime: cycle-approximate, with a band. */
import { exact, scale, sum, times, type Estimate } from '../../common/estimate.ts';
import { findCore } from '../cores/index.ts';
import { findRuntime } from '../runtimes/index.ts';
import type { BlockCounts, FunctionAnalysis, ModuleAnalysis } from '../wasm/index.ts';
import { operatorClass } from '../wasm/operator-class.ts';

export interface FunctionCost {
  /** Function index in the module. */
  index: number;
  name: string;
  calls: number;
  /** Spent in the function itself. */
  cycles: Estimate;
  wasmOps: number;
}

export interface CycleEstimate {
  cycles: Estimate;
  /** Executed operators; block, loop, end and else do not count. */
  wasmOps: number;
  /** In the order of the module, functions that never ran included. */
  perFunction: FunctionCost[];
  /** What the figures rest on, one sentence each. */
  notes: string[];
}

/**
 * Prices counted blocks. `core` and `runtime` are ids (see sim/cores and sim/runtimes); unknown ones are refused
 * with ESC509 and ESC508.
 */
export function estimateCycles(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  core: string,
  runtime: string,
): CycleEstimate {
  const target = findCore(core);
  const engine = findRuntime(runtime);
  const priced = target.borrows?.core ?? target.id;
  const table = engine.operatorCycles[priced as 'cortex-m4' | 'cortex-a7'];
  const e = engine.error.value;
  let band: Estimate = { value: 1, low: 1 - e, high: 1 + e };
  const notes = [`Cycles under ${engine.name} are approximate: ${engine.error.source}.`];
  if (target.borrows) {
    const { value, low = value, high = value } = target.borrows.factor;
    band = times(band, { value, low, high });
    notes.push(`No timing reference for ${target.name}: ${target.borrows.factor.source}.`);
  }
  const perFunction = analysis.functions.map((f, i): FunctionCost => {
    const blocks = counts.blocks[i]!;
    const cycles = f.blocks.reduce((total, b) => total + blocks[b.id]! * blockCycles(f, b.id, table), 0);
    return {
      index: i,
      name: f.name,
      calls: blocks[0]!,
      cycles: scale(band, cycles),
      wasmOps: f.operators.reduce((total, n, b) => total + n * blocks[b]!, 0),
    };
  });
  return {
    cycles: perFunction.length ? sum(perFunction.map((f) => f.cycles)) : exact(0),
    wasmOps: perFunction.reduce((total, f) => total + f.wasmOps, 0),
    perFunction,
    notes,
  };
}

function blockCycles(f: FunctionAnalysis, block: number, table: Partial<Record<string, number>>): number {
  const { first, last } = f.blocks[block]!;
  let cycles = 0;
  for (let i = first; i < last; i++) cycles += table[operatorClass(f.wasm.body[i]!.name)] ?? 0;
  return cycles;
}

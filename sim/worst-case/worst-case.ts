/** The most that a call costs, beside what it cost when it was counted. Cycle-approximate, like the cycles it rests on. */
import { scale, type Estimate } from '../../common/estimate.ts';
import { estimateCycles } from '../timing/index.ts';
import type { BlockCounts, ModuleAnalysis } from '../wasm/index.ts';
import { boundOf, Unbounded, type BlockCosts, type NoBound } from './bound.ts';
import type { Value } from './expression.ts';

export type WorstCase =
  /** No branch rests on data: every call executes what was counted. */
  | { kind: 'constant'; cycles: Estimate; wasmOps: number }
  /** Branches rest on data: at most this, each way at its dearest. */
  | { kind: 'bounded'; cycles: Estimate; wasmOps: number }
  /** A loop's turns rest on data alone: only what was observed is known. */
  | ({ kind: 'unbounded' } & NoBound);

export interface WorstCaseOf {
  analysis: ModuleAnalysis;
  /** Index of the function, and its arguments; undefined ones stand for any value. */
  entry: number;
  args?: readonly Value[];
  observed: { cycles: Estimate; wasmOps: number };
  costs: BlockCosts;
}

export function worstCaseOf({ analysis, entry, args, observed, costs }: WorstCaseOf): WorstCase {
  try {
    const bound = boundOf(analysis, costs, entry, args);
    if (bound.constant) return { kind: 'constant', ...observed };
    const { value, low, high } = observed.cycles;
    const cycles = Math.max(bound.cycles, value);
    const band =
      value > 0 ? { value: 1, low: low / value, high: high / value } : { value: 1, low: 1, high: 1 };
    return {
      kind: 'bounded',
      cycles: scale(band, cycles),
      wasmOps: Math.max(bound.wasmOps, observed.wasmOps),
    };
  } catch (error) {
    if (error instanceof Unbounded) return { kind: 'unbounded', ...error.where };
    throw error;
  }
}

/**
 * Cycles and operators of each block. A block that never ran is taken at the dearest cycles of an operator in the blocks
 * that did.
 */
export function blockCosts(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  core: string,
  runtime: string,
): BlockCosts {
  const { blockCycles } = estimateCycles(analysis, counts, core, runtime);
  let dearest = 0;
  const wasmOps = analysis.functions.map((f) => f.operators);
  const each = analysis.functions.map((f, i) =>
    f.blocks.map(({ id }) => {
      const times = counts.blocks[i]![id]!;
      if (times === 0) return undefined;
      const cycles = blockCycles[i]![id]! / times;
      const operators = f.operators[id]!;
      if (operators > 0) dearest = Math.max(dearest, cycles / operators);
      return cycles;
    }),
  );
  return {
    wasmOps,
    cycles: each.map((f, i) => f.map((cycles, b) => cycles ?? dearest * wasmOps[i]![b]!)),
  };
}

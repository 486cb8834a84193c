/** The most that a call costs, beside what it cost when it was counted. Cycle-approximate, like the cycles it rests on. */
import { scale, type Estimate } from '../../common/estimate.ts';
import type { BlockCounts, ModuleAnalysis } from '../wasm/index.ts';
import { findCore } from '../cores/index.ts';
import { findRuntime } from '../runtimes/index.ts';
import { errorBand } from '../timing/bands.ts';
import { waysOf, type Ways } from './bound.ts';
import { dearestByData } from './data-costs.ts';
import { Unbounded, type Knowledge, type NoBound } from './knowledge.ts';
import { blockPrices } from './prices.ts';
import type { Value } from './value.ts';

export type WorstCase =
  /** Nothing rests on data: every call executes what was counted, and takes as long. */
  | { kind: 'constant'; cycles: Estimate; wasmOps: number }
  /** Branches rest on data, or the time of instructions: at most this, each way at its dearest. */
  | { kind: 'bounded'; cycles: Estimate; wasmOps: number }
  /** A loop's turns rest on data alone: only what was observed is known. */
  | ({ kind: 'unbounded' } & NoBound);

export interface Call {
  analysis: ModuleAnalysis;
  /** Of the function, and its arguments; undefined ones stand for any value. */
  entry: number;
  args?: readonly Value[];
  knowledge?: Knowledge;
}

/** The ways through a call, or why there is no bound. */
export function waysThrough({ analysis, entry, args, knowledge }: Call): Ways | NoBound {
  try {
    return waysOf(analysis, entry, args, knowledge);
  } catch (error) {
    if (error instanceof Unbounded) return error.where;
    throw error;
  }
}

export interface Observed {
  counts: BlockCounts;
  cycles: Estimate;
  wasmOps: number;
}

/** Prices the ways through a call on a core under a runtime, by ids. Never less than what was observed. */
export function worstCaseOf(
  analysis: ModuleAnalysis,
  ways: Ways | NoBound,
  { counts, cycles: observed, wasmOps }: Observed,
  core: string,
  runtime: string,
): WorstCase {
  if ('reason' in ways) return { kind: 'unbounded', ...ways };
  const { value, low, high } = observed;
  const dearer = ways.constant ? dearestOf(analysis, counts, core, runtime) : 0;
  if (ways.constant && dearer === 0) return { kind: 'constant', cycles: observed, wasmOps };
  const most = ways.constant
    ? value + dearer
    : Math.max(value, ways.price(blockPrices(analysis, counts, ways, core, runtime)));
  const band = value > 0 ? { value: 1, low: low / value, high: high / value } : { value: 1, low: 1, high: 1 };
  return {
    kind: 'bounded',
    cycles: scale(band, most),
    wasmOps: Math.max(
      wasmOps,
      ways.price((f, block) => analysis.functions[f]!.operators[block]!),
    ),
  };
}

function dearestOf(analysis: ModuleAnalysis, counts: BlockCounts, coreId: string, runtimeId: string): number {
  const [core, runtime] = [findCore(coreId), findRuntime(runtimeId)];
  return errorBand(core, runtime).band.value * dearestByData(analysis, counts, core, runtime);
}

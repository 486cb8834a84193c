/** What one run of `escapement demo`, `compare` or `simulate` found: the input of every reporter (terminal, JSON, HTML). */
import type { AccumulatorProof, PlanView, TableError } from '../kernel/evidence.ts';
import type { RateChoice } from '../sim/budget/rate-choice.ts';
import type { Verdict, SimulationResult } from '../sim/result.ts';

export interface RunReport {
  /** e.g. "escapement 0.1.0". */
  tool: string;
  systems: SystemReport[];
  /** Hash over all inputs and results; equal inputs give an equal fingerprint. */
  fingerprint: string;
}

export interface SystemReport {
  /** Pipeline name and title. */
  name: string;
  title: string;
  rates: number[];
  variants: VariantReport[];
}

export interface VariantReport {
  /** Variant id, e.g. "25hz" or "sub128"; for pulse one variant family "bilstm" spans all rates. */
  id: string;
  title: string;
  parameters: number;
  /** Every board x runtime x rate that was simulated. */
  results: SimulationResult[];
  /** One line a rate: kernel size and accuracy do not depend on the board. */
  kernels: KernelSummary[];
  /** What is worth choosing over the rates, by board and runtime. */
  rateChoices?: RateChoice[];
}

export interface KernelSummary {
  rateHz: number;
  steps: number;
  trainedForRate: boolean;
  macs: number;
  wasmBytes: number;
  constantBytes: number;
  linearMemoryBytes: number;
  /** What lies where in linear memory, and when. */
  plan: PlanView;
  /** No input can overflow an accumulator: the worst case of each, from the actual weights. */
  proofs: AccumulatorProof[];
  /** The largest error of each function table over all its inputs. */
  tableErrors: TableError[];
}

/** The worst verdict wins: fail over undecided over pass. */
export function overall(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.includes('undecided') ? 'undecided' : 'pass';
}

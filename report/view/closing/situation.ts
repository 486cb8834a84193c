/** What is known about one system on one board at one rate, over all runtimes: the input of its closing line. */
import type { SystemReport, VariantReport } from '../../run-report.ts';
import type { SimulationResult, Verdict } from '../../../sim/result.ts';
import { durationBand, setDuration } from '../../text/quantity.ts';
import { recommend } from '../choice.ts';
import { resultsAt } from '../select.ts';

export interface Situation {
  system: SystemReport;
  variant: VariantReport;
  board: string;
  rateHz: number;
  /** One result a runtime, never empty. */
  results: readonly SimulationResult[];
  passing: readonly SimulationResult[];
  undecided: readonly SimulationResult[];
  /** The result to speak of: the one to ship, or the one that comes closest. */
  best: SimulationResult;
}

const byLatency = (a: SimulationResult, b: SimulationResult): number => a.latencyMs.value - b.latencyMs.value;

/** Undefined when the board was not simulated at this rate. */
export function situation(
  system: SystemReport,
  variant: VariantReport,
  board: string,
  rateHz: number,
): Situation | undefined {
  const results = resultsAt(variant, { board, rateHz });
  const best = recommend(results);
  if (!best) return undefined;
  const having = (verdict: Verdict): SimulationResult[] =>
    results.filter((result) => result.verdict === verdict).sort(byLatency);
  return {
    system,
    variant,
    board,
    rateHz,
    results,
    passing: having('pass'),
    undecided: having('undecided'),
    best,
  };
}

/** A board passes when at least one runtime does; it fails when all do. */
export function verdictOf({ passing, results }: Situation): Verdict {
  if (passing.length > 0) return 'pass';
  return results.every((result) => result.verdict === 'fail') ? 'fail' : 'undecided';
}

/** "wasm2c (412 ms [380..450])". */
export const timed = (result: SimulationResult): string =>
  `${result.runtime} (${durationBand(result.latencyMs)})`;

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  const last = items[items.length - 1] ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** "500 ms" of the latency budget, or "its budgets" where the pipeline sets no such limit. */
export function target(result: SimulationResult): string {
  const check = result.checks.find(({ budget }) => budget === 'latencyMs');
  return check ? setDuration(check.limit) : 'its budgets';
}

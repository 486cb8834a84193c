/**
 * Which figures a report shows first. The choice is a rule, not a taste:
 * variant: the one with parallel branches, else the first;
 * rate: the one that the system's paper chose when a model is trained for it; else the trained rate with the lowest
 *   EER (the lower rate on a tie); else the lowest rate;
 * board: the one that stands for the device of the system's paper; else most runtimes that pass there, then most
 *   undecided, then least average power;
 * runtime: see `recommend`.
 */
import type { SystemReport, VariantReport } from '../run-report.ts';
import type { SimulationResult, Verdict } from '../../sim/result.ts';
import { claimsOf } from './claims.ts';
import { boardsOf, ratesOf, resultsAt, type Place } from './select.ts';
import { tierOf } from './tiers.ts';

export interface Choice extends Place {
  /** Variant id. */
  variant: string;
}

const VERDICT_RANK: Readonly<Record<Verdict, number>> = { pass: 0, undecided: 1, fail: 2 };

const minimum = <T>(values: readonly T[], compare: (a: T, b: T) => number): T | undefined =>
  [...values].sort(compare)[0];

/** True when a variant has branches that may run on two cores. */
export const isParallel = (variant: VariantReport): boolean =>
  variant.results.some((result) => result.stages.some((stage) => stage.parallel !== undefined));

export const headlineVariant = (system: SystemReport): VariantReport | undefined =>
  system.variants.find(isParallel) ?? system.variants[0];

/** Rate in hertz at which a variant is judged in a summary. */
export function headlineRate(system: SystemReport, variant: VariantReport): number | undefined {
  const errors = new Map<number, number>();
  for (const { rateHz, accuracy } of variant.results) if (accuracy) errors.set(rateHz, accuracy.fixed.eer);
  const papers = claimsOf(system.name)?.rateHz;
  if (papers !== undefined && errors.has(papers)) return papers;
  const trained = minimum([...errors], ([rateA, a], [rateB, b]) => a - b || rateA - rateB);
  return trained?.[0] ?? ratesOf(variant)[0];
}

const having = (result: SimulationResult, verdict: Verdict): number =>
  result.checks.filter((check) => check.verdict === verdict).length;

/** Budgets whose best estimate, the band set aside, lies beyond the limit. */
const likelyBroken = ({ checks }: SimulationResult): number =>
  checks.filter(({ budget, actual, limit }) => {
    if (budget === 'sensor') return false;
    return budget === 'batteryHours' ? actual.value < limit : actual.value > limit;
  }).length;

const unchecked = (result: SimulationResult): number => (tierOf(result.runtime).boundsChecks ? 0 : 1);

/**
 * The result to ship among those of one board and rate, or the one that comes closest. Passing before undecided
 * before failing; then fewest failed budgets; then fewest whose best estimate is beyond the limit; then fewest in
 * doubt; then a runtime that keeps bounds checks; then the lowest latency, and the narrower band of two equals.
 */
export function recommend(results: readonly SimulationResult[]): SimulationResult | undefined {
  return minimum(
    results,
    (a, b) =>
      VERDICT_RANK[a.verdict] - VERDICT_RANK[b.verdict] ||
      having(a, 'fail') - having(b, 'fail') ||
      likelyBroken(a) - likelyBroken(b) ||
      having(a, 'undecided') - having(b, 'undecided') ||
      (a.verdict === 'fail' ? 0 : unchecked(a) - unchecked(b)) ||
      a.latencyMs.value - b.latencyMs.value ||
      a.latencyMs.high - b.latencyMs.high,
  );
}

function bestBoard(system: SystemReport, variant: VariantReport, rateHz: number): string | undefined {
  const papers = claimsOf(system.name)?.savingsBoard;
  if (papers !== undefined && resultsAt(variant, { board: papers, rateHz }).length > 0) return papers;
  const rated = boardsOf(variant).map((board) => {
    const results = resultsAt(variant, { board, rateHz });
    const count = (verdict: Verdict): number => results.filter((r) => r.verdict === verdict).length;
    const powerMw = Math.min(...results.map((r) => r.power.averageMw.value));
    return { board, pass: count('pass'), undecided: count('undecided'), powerMw };
  });
  return minimum(rated, (a, b) => b.pass - a.pass || b.undecided - a.undecided || a.powerMw - b.powerMw)
    ?.board;
}

/** The choice with which a report of a system opens; undefined when nothing was simulated. */
export function defaultChoice(system: SystemReport): Choice | undefined {
  const variant = headlineVariant(system);
  const rateHz = variant && headlineRate(system, variant);
  if (!variant || rateHz === undefined) return undefined;
  const board = bestBoard(system, variant, rateHz);
  if (board === undefined) return undefined;
  const result = recommend(resultsAt(variant, { board, rateHz }));
  return result && { variant: variant.id, board, runtime: result.runtime, rateHz };
}

/** Budgets of a result in words. */
import type { BudgetCheck, SimulationResult, Verdict } from '../../sim/result.ts';

type Budget = BudgetCheck['budget'];

/** One word for a column of a table. */
const WORDS: Readonly<Record<Budget, string>> = {
  latencyMs: 'latency',
  throughput: 'CPU load',
  averageMw: 'power',
  batteryHours: 'battery',
  flashBytes: 'flash',
  ramBytes: 'RAM',
  sensor: 'sensor',
};

/** What cannot be mended comes first: a missing sensor, then memory, then time, then energy. */
const ORDER: readonly Budget[] = [
  'sensor',
  'ramBytes',
  'flashBytes',
  'latencyMs',
  'throughput',
  'batteryHours',
  'averageMw',
];

export const budgetWord = (budget: Budget): string => WORDS[budget];

/** The checks that made the verdict: the failed ones, or the undecided ones when none failed; worst first. */
export function decisive(result: SimulationResult): BudgetCheck[] {
  const worst: Verdict = result.checks.some((check) => check.verdict === 'fail') ? 'fail' : 'undecided';
  return result.checks
    .filter((check) => check.verdict === worst)
    .sort((a, b) => ORDER.indexOf(a.budget) - ORDER.indexOf(b.budget));
}

/** Limit of a budget in its own unit; undefined when the pipeline or board does not set it. */
export const limitOf = (result: SimulationResult, budget: Budget): number | undefined =>
  result.checks.find((check) => check.budget === budget)?.limit;

/** "latency" or "RAM+1": the first decisive budget and how many more there are. */
export function decisiveShort(result: SimulationResult): string {
  const words = [...new Set(decisive(result).map((check) => budgetWord(check.budget)))];
  const [first = ''] = words;
  return words.length > 1 ? `${first}+${words.length - 1}` : first;
}

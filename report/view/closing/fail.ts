/** Closing line of a board on which every runtime breaks a budget: which one, by how much, and what would mend it. */
import type { BudgetCheck, SimulationResult } from '../../../sim/result.ts';
import { hertz, power, ratio } from '../../text/quantity.ts';
import { budgetWord, decisive } from '../budget.ts';
import { ratesOf, resultsAt } from '../select.ts';
import { actualText, limitText, overrun } from './figures.ts';
import { listed, type Situation } from './situation.ts';

const stripStop = (text: string): string => text.replace(/\.\s*$/, '');
const against = (check: BudgetCheck): string =>
  `${budgetWord(check.budget)} ${actualText(check)} against ${limitText(check)}`;

export function failReason({ best, results }: Situation): string {
  const [first, ...more] = decisive(best);
  if (!first) return 'no runtime passes';
  if (first.budget === 'sensor') return stripStop(first.reason);
  const others = more.map(against);
  const also = others.length > 0 ? `, and ${listed(others)}` : '';
  const nearest = results.length > 1 ? `the nearest, ${best.runtime}, has` : `${best.runtime} has`;
  return `no runtime meets its budgets: ${nearest} ${against(first)}${also}`;
}

/** A rate of the same variant at which some runtime passes on this board, the highest of them. */
function passingRate({ variant, board }: Situation): SimulationResult | undefined {
  const rates = ratesOf(variant).toReversed();
  const passing = (rateHz: number) => resultsAt(variant, { board, rateHz }).find((r) => r.verdict === 'pass');
  return rates.map(passing).find((result) => result !== undefined);
}

export function failNext(at: Situation): string {
  const { best, rateHz } = at;
  const [first] = decisive(best);
  if (!first) return 'look at the checks of each result';
  const other = passingRate(at);
  if (other && other.rateHz !== rateHz)
    return `sample at ${hertz(other.rateHz)}, where ${other.runtime} passes`;
  const factor = ratio(overrun(first));
  switch (first.budget) {
    case 'sensor':
      return 'choose a board whose sensors can do this, or add the part to the board file if yours has it';
    case 'latencyMs':
      return `find ${factor} fewer cycles: a lower rate, a shorter window or fewer units`;
    case 'throughput':
      return `find ${factor} fewer cycles, or decide less often (hop ${best.hopSeconds} s)`;
    case 'averageMw':
    case 'batteryHours':
      return `save on the largest part, ${largestPart(best)}, or decide less often (hop ${best.hopSeconds} s)`;
    case 'flashBytes':
    case 'ramBytes':
      return best.memory.advice.length > 0
        ? stripStop(best.memory.advice[0]!)
        : `find ${factor} less memory: fewer units, or a board with more`;
  }
}

function largestPart(result: SimulationResult): string {
  const [part] = [...result.power.parts].sort((a, b) => b.mw - a.mw);
  return part ? `${part.name} with ${power(part.mw)}` : 'unknown';
}

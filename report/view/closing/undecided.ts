/** Closing line of a board on which no runtime surely passes, but for some the error band straddles a limit. */
import type { BudgetCheck, PartPower, SimulationResult } from '../../../sim/result.ts';
import { power, powerBand } from '../../text/quantity.ts';
import { budgetWord, decisive } from '../budget.ts';
import { actualText, limitText } from './figures.ts';
import { slowInterpreters } from './interpreters.ts';
import { listed, target, timed, type Situation } from './situation.ts';

const firstSentence = (text: string): string => text.replace(/(?<=[^.\d])\.(\s.*)?$/s, '').replace(/\.$/, '');

/** "power 39.8 mW [17.5..73.3] straddles 45 mW"; where the limit itself is in doubt, what the check says. */
function straddles(check: BudgetCheck): string {
  if (check.actual.low === check.actual.high && check.reason) return firstSentence(check.reason);
  return `${budgetWord(check.budget)} ${actualText(check)} straddles ${limitText(check)}`;
}

export function undecidedReason(at: Situation): string {
  const { best, undecided } = at;
  const open = decisive(best);
  const latencyOpen = open.some((check) => check.budget === 'latencyMs');
  const fast = latencyOpen ? best.runtime : `${timed(best)} meets ${target(best)}`;
  const verb = latencyOpen ? ' is too close to call: ' : ', but ';
  const others = undecided.filter((result) => result !== best).map((result) => result.runtime);
  const also = others.length > 0 ? ` (also undecided: ${listed(others)})` : '';
  return [slowInterpreters(at), `${fast}${verb}${listed(open.map(straddles))}${also}`]
    .filter((clause) => clause !== undefined)
    .join('; ');
}

/** The part whose band is widest: measuring it narrows the sum most. */
function widestPart({ power: { parts } }: SimulationResult): PartPower | undefined {
  return [...parts].sort((a, b) => b.high - b.low - (a.high - a.low))[0];
}

function step(check: BudgetCheck, result: SimulationResult): string {
  switch (check.budget) {
    case 'latencyMs':
    case 'throughput':
      return 'time this kernel once on the board';
    case 'averageMw':
    case 'batteryHours': {
      const part = widestPart(result);
      if (!part || part.low === part.high) return 'measure the average current once on the board';
      const known = powerBand({ value: part.mw, low: part.low, high: part.high });
      return `measure "${part.name}" on the board (${part.kind}: ${known} of ${power(result.power.averageMw.value)})`;
    }
    case 'flashBytes':
    case 'ramBytes':
      return 'link the firmware once and read its map file';
    case 'sensor':
      return 'look the sensor up in its datasheet';
  }
}

export function undecidedNext({ best }: Situation): string {
  const steps = [...new Set(decisive(best).map((check) => step(check, best)))];
  return `${listed(steps)}, which narrows the band`;
}

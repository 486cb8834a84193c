/** Closing line of a board on which no runtime surely passes, but for some the error band straddles a limit. */
import { hertz } from '../../text/quantity.ts';
import type { BudgetCheck } from '../../../sim/result.ts';
import { budgetWord, decisive } from '../budget.ts';
import { actualText, limitText } from './figures.ts';
import { listed, type Situation } from './situation.ts';

export function undecidedReason({ best, undecided }: Situation): string {
  const straddling = decisive(best).map(
    (check) => `${budgetWord(check.budget)} ${actualText(check)} straddles ${limitText(check)}`,
  );
  const also = undecided.filter((result) => result !== best).map((result) => result.runtime);
  const others = also.length > 0 ? ` (so are ${listed(also)})` : '';
  return `${best.runtime} is too close to call: ${listed(straddling)}${others}`;
}

const NEXT: Readonly<Record<BudgetCheck['budget'], string>> = {
  latencyMs: 'time this kernel once on the board',
  averageMw: 'measure the average current once on the board',
  batteryHours: 'measure the average current once on the board',
  flashBytes: 'link the firmware once and read its map file',
  ramBytes: 'link the firmware once and read its map file',
  sensor: 'look the sensor up in its datasheet',
};

export function undecidedNext({ best, rateHz }: Situation): string {
  const steps = [...new Set(decisive(best).map((check) => NEXT[check.budget]))];
  return `${listed(steps)} to narrow the band, or gain room with a rate below ${hertz(rateHz)} or fewer units`;
}

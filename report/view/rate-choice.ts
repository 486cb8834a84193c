/** What is worth choosing over the rates of one board and runtime, in one sentence that all reporters share. */
import { paretoFront, rateChoices, type RateChoice } from '../../sim/budget/rate-choice.ts';
import type { VariantReport } from '../run-report.ts';
import { plainNumber } from '../text/number.ts';
import { hertz } from '../text/quantity.ts';
import { resultsAt } from './select.ts';

/** Marks a rate that no other beats. */
export const PARETO_MARK = '◆';
export const PARETO_MEANING = 'Pareto front of power, latency, RAM and EER: no other rate is better in all';

/** Rates on the front, in hertz. */
export const paretoRates = (variant: VariantReport, board: string, runtime: string): ReadonlySet<number> =>
  new Set(paretoFront(resultsAt(variant, { board, runtime })).map(({ rateHz }) => rateHz));

/** Undefined when nothing was simulated there. */
export function rateChoiceText(variant: VariantReport, board: string, runtime: string): string | undefined {
  const [choice] = rateChoices(resultsAt(variant, { board, runtime }));
  if (!choice || choice.paretoRatesHz.length === 0) return undefined;
  const front = choice.paretoRatesHz.map((rate) => plainNumber(rate)).join(', ');
  return `Pareto front of power, latency, RAM and EER: ${front} Hz. Lowest rate that keeps every budget: ${lowest(choice)}.`;
}

function lowest({ lowestPassingHz, lowestTrainedPassingHz, lowestUndecidedHz }: RateChoice): string {
  if (lowestPassingHz === null)
    return lowestUndecidedHz === null ? 'none' : `none for certain; ${hertz(lowestUndecidedHz)} may`;
  const trained =
    lowestTrainedPassingHz === lowestPassingHz
      ? ''
      : lowestTrainedPassingHz === null
        ? ', for which no model is trained'
        : ` (with a trained model ${hertz(lowestTrainedPassingHz)})`;
  return `${hertz(lowestPassingHz)}${trained}`;
}

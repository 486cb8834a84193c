/** One sentence under a comparison over rates: what is worth choosing. */
import { rateChoices } from '../../sim/budget/rate-choice.ts';
import type { VariantReport } from '../run-report.ts';
import { hertz } from '../text/quantity.ts';
import { plainNumber } from '../text/number.ts';
import { wrap } from '../text/wrap.ts';
import { resultsAt } from '../view/select.ts';
import type { Style } from './style.ts';

export function rateChoiceLine(
  variant: VariantReport,
  board: string,
  runtime: string,
  style: Style,
): string[] {
  const [choice] = rateChoices(resultsAt(variant, { board, runtime }));
  if (!choice || choice.paretoRatesHz.length === 0) return [];
  const front = choice.paretoRatesHz.map((rate) => plainNumber(rate)).join(', ');
  return wrap(
    `Pareto front of power, latency, RAM and EER: ${front} Hz. Lowest rate that keeps every budget: ${lowest(choice)}.`,
    style.width,
  );
}

function lowest(choice: ReturnType<typeof rateChoices>[number]): string {
  const { lowestPassingHz, lowestTrainedPassingHz, lowestUndecidedHz } = choice;
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

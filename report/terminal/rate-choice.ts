/** One sentence under a comparison over rates: what is worth choosing. */
import type { VariantReport } from '../run-report.ts';
import { wrap } from '../text/wrap.ts';
import { rateChoiceText } from '../view/rate-choice.ts';
import type { Style } from './style.ts';

export function rateChoiceLine(
  variant: VariantReport,
  board: string,
  runtime: string,
  style: Style,
): string[] {
  const text = rateChoiceText(variant, board, runtime);
  return text === undefined ? [] : wrap(text, style.width);
}

/** What a lower rate saves of the sensor's power, beside what was published. */
import type { SystemReport, VariantReport } from '../run-report.ts';
import { hertz, percent } from '../text/quantity.ts';
import { wrap } from '../text/wrap.ts';
import { claimsOf } from '../view/claims.ts';
import { savingsOf } from '../view/savings.ts';
import type { Style } from './style.ts';

export function savings(system: SystemReport, variant: VariantReport, board: string, style: Style): string[] {
  const found = savingsOf(system, variant, board);
  if (found.length === 0) return [];
  const clauses = found.map(({ fromHz, toHz, saved, published }) => {
    const claim = published === undefined ? '' : ` (published: ${published})`;
    return `${hertz(toHz)} saves ${percent(saved)} against ${hertz(fromHz)}${claim}`;
  });
  const source = found.some(({ published }) => published !== undefined)
    ? claimsOf(system.name)?.source
    : undefined;
  const text = `Sensor power on ${board}: ${clauses.join('; ')}.${source ? ` Published: ${source}.` : ''}`;
  return wrap(text, style.width);
}

/** Hours of battery over rate, with the band and, where the pipeline asks for one, the least that is enough. */
import type { VariantReport } from '../../run-report.ts';
import { hertz, hoursBand, setHours } from '../../text/quantity.ts';
import { plainNumber, significant } from '../../text/number.ts';
import { limitOf } from '../../view/budget.ts';
import type { Choice } from '../../view/choice.ts';
import { resultsAt } from '../../view/select.ts';
import { html, svg, type Markup } from '../markup.ts';
import { BARS, barFrame, whisker } from './bars.ts';
import { drawing, figure } from './figure.ts';
import { at } from './scale.ts';

export function batteryByRate(variant: VariantReport, { board, runtime, rateHz }: Choice): Markup {
  const results = resultsAt(variant, { board, runtime }).sort((a, b) => a.rateHz - b.rateHz);
  const limit = results.map((r) => limitOf(r, 'batteryHours')).find((value) => value !== undefined);
  const highest = Math.max(limit ?? 0, ...results.map((result) => result.battery.hours.high));
  const { y, bar, frame } = barFrame(results, highest * 1.06, 'h', rateHz);
  const columns = results.map((result, index) => {
    const { x, width, centre } = bar(index);
    const { value, low, high } = result.battery.hours;
    const name = result.rateHz === rateHz ? 'battery chosen' : 'battery';
    return svg`
<g>
<rect class="${name}" x="${at(x)}" width="${at(width)}" y="${at(y(value))}" height="${at(y(0) - y(value))}"><title>${hertz(result.rateHz)}: ${hoursBand(result.battery.hours)}</title>
</rect>${whisker(centre, low, high, y)}<text class="value" x="${at(centre)}" y="${at(y(high) - 6)}" text-anchor="middle">${significant(value)}</text>
</g>`;
  });
  const target =
    limit === undefined
      ? ''
      : svg`
<line class="budget" x1="${BARS.left}" x2="${BARS.right}" y1="${at(y(limit))}" y2="${at(y(limit))}"/>
<text class="budget-label" x="${BARS.right}" y="${at(y(limit) - 5)}" text-anchor="end">at least ${setHours(limit)}</text>`;
  const capacity = results[0]?.battery.capacityMwh;
  return figure({
    title: 'Battery by rate',
    className: 'third',
    subtitle: html`hours from one charge${capacity === undefined ? '' : ` of ${plainNumber(capacity)} mWh`},
    ${board} with ${runtime}`,
    chart: drawing(
      BARS.width,
      BARS.height,
      `Battery: ${results.map((r) => `${hoursBand(r.battery.hours)} at ${hertz(r.rateHz)}`).join(', ')}.`,
      [frame, columns, target],
    ),
  });
}

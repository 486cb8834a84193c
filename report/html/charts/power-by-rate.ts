/** Average power over rate, stacked by part; the parts that are sensors stand at the foot. */
import type { VariantReport } from '../../run-report.ts';
import { hertz, power, powerBand } from '../../text/quantity.ts';
import { significant } from '../../text/number.ts';
import type { Choice } from '../../view/choice.ts';
import { resultsAt } from '../../view/select.ts';
import { html, svg, type Markup } from '../markup.ts';
import { BARS, barFrame, whisker } from './bars.ts';
import { drawing, figure } from './figure.ts';
import { partColours } from './parts.ts';
import { at } from './scale.ts';

export function powerByRate(variant: VariantReport, { board, runtime, rateHz }: Choice): Markup {
  const results = resultsAt(variant, { board, runtime }).sort((a, b) => a.rateHz - b.rateHz);
  const colours = partColours(results.flatMap((result) => result.power.parts));
  const order = [...colours.keys()];
  const highest = Math.max(0, ...results.map((result) => result.power.averageMw.high));
  const { y, bar, frame } = barFrame(results, highest * 1.06, 'mW', rateHz);
  const columns = results.map((result, index) => {
    const { x, width, centre } = bar(index);
    let below = 0;
    const parts = [...result.power.parts]
      .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
      .map((part) => {
        const from = below;
        below += part.mw;
        return svg`
<rect class="part ${colours.get(part.name)}" x="${at(x)}" width="${at(width)}" y="${at(y(below))}" height="${at(y(from) - y(below))}"><title>${part.name}: ${power(part.mw)} (${part.kind})</title>
</rect>`;
      });
    const { averageMw } = result.power;
    return svg`
<g>${parts}${whisker(centre, averageMw.low, averageMw.high, y)}<text class="value" x="${at(centre)}" y="${at(y(averageMw.high) - 6)}" text-anchor="middle">${significant(averageMw.value)}</text>
</g>`;
  });
  const said = results.map((r) => `${powerBand(r.power.averageMw)} at ${hertz(r.rateHz)}`).join(', ');
  return figure({
    title: 'Average power by rate',
    className: 'third',
    subtitle: html`${board} with ${runtime}; whiskers are the band of the sum`,
    chart: drawing(BARS.width, BARS.height, `Average power: ${said}.`, [frame, columns]),
    legend: order.map((name) => ({ mark: colours.get(name)!, label: name })),
  });
}

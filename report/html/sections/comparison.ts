/** All rates of one variant on one board and runtime, in figures. */
import type { VariantReport } from '../../run-report.ts';
import { fixed, significant, withBand } from '../../text/number.ts';
import { durationBand, hertz } from '../../text/quantity.ts';
import { decisive } from '../../view/budget.ts';
import { PARETO_MARK, PARETO_MEANING, paretoRates, rateChoiceText } from '../../view/rate-choice.ts';
import { resultsAt } from '../../view/select.ts';
import { worstCaseSummary } from '../../view/worst-case.ts';
import { html, type Markup } from '../markup.ts';
import { dataTable, num, td, th, type Heading } from './table.ts';
import { verdictBadge } from './verdict.ts';

const HEADINGS: readonly Heading[] = [
  { label: 'Rate' },
  { label: 'Latency', number: true },
  { label: 'Sensor', unit: 'mW', number: true },
  { label: 'Average', unit: 'mW', number: true },
  { label: 'Battery', unit: 'h', number: true },
  { label: 'Flash', unit: 'KiB', number: true },
  { label: 'RAM', unit: 'KiB', number: true },
  { label: 'Accuracy', unit: '%', number: true },
  { label: 'FAR', unit: '%', number: true },
  { label: 'FRR', unit: '%', number: true },
  { label: 'EER', unit: '%', number: true },
  { label: 'Verdict' },
];

const asPercent = (fraction: number): string => fixed(fraction * 100, 1);

export function comparisonTable(variant: VariantReport, board: string, runtime: string): Markup {
  const results = resultsAt(variant, { board, runtime }).sort((a, b) => a.rateHz - b.rateHz);
  const front = paretoRates(variant, board, runtime);
  const choice = rateChoiceText(variant, board, runtime);
  const rows = results.map((result) => {
    const { accuracy, memory, power, battery } = result;
    const why =
      result.verdict === 'pass'
        ? ''
        : decisive(result)
            .map((check) => check.title)
            .join(', ');
    return [
      th([
        hertz(result.rateHz),
        front.has(result.rateHz)
          ? html` <span class="pareto" title="${PARETO_MEANING}">${PARETO_MARK}</span>`
          : '',
      ]),
      num(durationBand(result.latencyMs)),
      num(power.sensorMw === 0 ? '-' : significant(power.sensorMw)),
      num(withBand(power.averageMw)),
      num(withBand(battery.hours)),
      num(significant(memory.flashBytes / 1024)),
      num(significant(memory.ramBytes / 1024)),
      ...(accuracy
        ? [accuracy.fixed.accuracy, accuracy.fixed.far, accuracy.fixed.frr, accuracy.fixed.eer].map((f) =>
            num(asPercent(f)),
          )
        : [html`<td class="num faint" colspan="4">cost only: no model trained for this rate</td>`]),
      td([verdictBadge(result.verdict), why ? html` <small>${why}</small>` : '']),
    ];
  });
  const worst = worstCaseSummary(results);
  return html` ${dataTable(`All rates: ${variant.title} on ${board} with ${runtime}`, HEADINGS, rows)}
  ${choice === undefined ? '' : html`<p class="origin"><span class="pareto">${PARETO_MARK}</span> ${choice}</p>`}
  ${worst ? html`<p class="origin">${worst}</p>` : ''}`;
}

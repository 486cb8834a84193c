/** The sub-RNN beside the standard RNNs: ratios as charts, latencies in figures. */
import type { SystemReport } from '../../run-report.ts';
import { durationBand, hertz, ratio } from '../../text/quantity.ts';
import type { Choice } from '../../view/choice.ts';
import { speedUp } from '../../view/speed-up.ts';
import { speedUpChart } from '../charts/speed-up.ts';
import { html, type Markup } from '../markup.ts';
import { dataTable, num, th } from './table.ts';

/** Empty for a system without a parallel variant. */
export function speedUpSection(system: SystemReport, { runtime, rateHz }: Choice): Markup | '' {
  const found = speedUp(system, runtime, rateHz);
  if (!found || found.rows.length === 0) return '';
  const { parallel, others, rows, claims, source } = found;
  const body = rows.map((row) => [
    th(row.board),
    num(row.coresUsed),
    num(durationBand(row.parallel.latencyMs)),
    ...row.others.map((other) => num(durationBand(other.result.latencyMs))),
    ...row.others.map((other) => num(html`<b>${ratio(other.ratio)}</b>`)),
  ]);
  const published = (key: 'published' | 'arithmetic', label: string): Markup[] => [
    th(label),
    html`<td colspan="${2 + others.length}"></td>`,
    ...others.map(({ id }) => num(claims.get(id)?.[key] ?? '-')),
  ];
  return html` <h3>
      ${parallel.id} beside ${others.map(({ id }) => id).join(' and ')}, with ${runtime} at ${hertz(rateHz)}
    </h3>
    <div class="charts">${others.map(({ id }) => speedUpChart(found, id))}</div>
    ${dataTable(
      'Latency side by side',
      [
        { label: 'Board' },
        { label: 'Cores', number: true },
        { label: parallel.id, number: true },
        ...others.map(({ id }) => ({ label: id, number: true })),
        ...others.map(({ id }) => ({ label: `against ${id}`, number: true })),
      ],
      source
        ? [...body, published('published', 'published'), published('arithmetic', 'arithmetic allows')]
        : body,
    )}
    ${source ? html`<p class="origin">Published: ${source}. Arithmetic counts multiply-accumulates on two cores; no reading of the paper gives 10x from them.</p>` : ''}`;
}

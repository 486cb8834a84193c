/** Every board and runtime at the chosen rate: one band a row on a common logarithmic axis, with the budget. */
import type { VariantReport } from '../../run-report.ts';
import type { SimulationResult } from '../../../sim/result.ts';
import { duration, durationBand, hertz, setDuration } from '../../text/quantity.ts';
import { decisiveShort, limitOf } from '../../view/budget.ts';
import type { Choice } from '../../view/choice.ts';
import { boardsOf, resultsAt } from '../../view/select.ts';
import { html, svg, type Markup } from '../markup.ts';
import { verdictMark } from './marks.ts';
import { drawing, figure } from './figure.ts';
import { at, logarithmic, logDomain, logTicks, type Scale } from './scale.ts';

const WIDTH = 440;
const LEFT = 124;
const RIGHT = WIDTH - 64;
const ROW = 15.5;
const HEAD = 21;
const GAP = 6;
const TOP = 4;
const FOOT = 34;

function row(result: SimulationResult, y: number, x: Scale, chosen: boolean): Markup {
  const { value, low, high } = result.latencyMs;
  const why = result.verdict === 'pass' ? '' : `, ${result.verdict}: ${decisiveShort(result)}`;
  return svg`
<g class="row ${result.verdict}${chosen ? ' chosen' : ''}">
<title>${result.board}, ${result.runtime}: ${durationBand(result.latencyMs)}${why}</title>${
    chosen
      ? svg`<rect class="pick" x="0" width="${WIDTH}" y="${at(y - ROW / 2)}" height="${ROW}" rx="3"/>`
      : ''
  }<text class="name" x="${LEFT - 8}" y="${at(y + 4)}" text-anchor="end">${result.runtime}</text>
<line class="range" x1="${at(x(low))}" x2="${at(x(high))}" y1="${at(y)}" y2="${at(y)}"/>${verdictMark(result.verdict, x(value), y)}<text class="amount" x="${WIDTH - 2}" y="${at(y + 4)}" text-anchor="end">${duration(value)}</text>
</g>`;
}

export function latencyMap(variant: VariantReport, choice: Choice): Markup {
  const results = resultsAt(variant, { rateHz: choice.rateHz });
  const limit = results.map((r) => limitOf(r, 'latencyMs')).find((value) => value !== undefined);
  const ends = results.flatMap((r) => [r.latencyMs.low, r.latencyMs.high]);
  const x = logarithmic(logDomain(limit === undefined ? ends : [...ends, limit], 1.2), [LEFT, RIGHT]);
  const boards = boardsOf(variant);
  let y = TOP;
  const groups = boards.map((board) => {
    const here = results.filter((result) => result.board === board);
    const core = here[0] ? `${here[0].core}` : '';
    const heading = svg`<text class="group" x="2" y="${at(y + 14)}">${board}<tspan class="faint" dx="6">${core}</tspan></text>`;
    y += HEAD;
    const rows = here.map((result) => {
      const drawn = row(result, y + ROW / 2, x, board === choice.board && result.runtime === choice.runtime);
      y += ROW;
      return drawn;
    });
    y += GAP;
    return [heading, rows];
  });
  const bottom = y;
  const axis = logTicks(x.domain).map(
    (ms) =>
      svg`
<line class="grid" x1="${at(x(ms))}" x2="${at(x(ms))}" y1="${TOP}" y2="${bottom}"/>
<text class="tick" x="${at(x(ms))}" y="${bottom + 14}" text-anchor="middle">${setDuration(ms)}</text>`,
  );
  const budget =
    limit === undefined
      ? ''
      : svg`
<line class="budget" x1="${at(x(limit))}" x2="${at(x(limit))}" y1="${TOP}" y2="${bottom + 20}"/>
<text class="budget-label" x="${at(x(limit))}" y="${bottom + 31}" text-anchor="middle">budget ${setDuration(limit)}</text>`;
  const passing = results.filter((result) => result.verdict === 'pass').length;
  return figure({
    title: 'Latency by board and runtime',
    subtitle: html`at ${hertz(choice.rateHz)}, log scale; the line through a mark is its band`,
    className: 'tall',
    chart: drawing(
      WIDTH,
      bottom + FOOT,
      `Latency at ${hertz(choice.rateHz)} of ${results.length} pairs of board and runtime; ${passing} pass every budget. The table of verdicts in the summary has the figures.`,
      [axis, budget, groups],
    ),
    legend: [
      { mark: 'mark-pass', label: 'passes every budget' },
      { mark: 'mark-undecided', label: 'undecided' },
      { mark: 'mark-fail', label: 'fails one' },
    ],
  });
}

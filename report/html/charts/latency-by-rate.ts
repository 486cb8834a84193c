/** Latency over sampling rate on the chosen board, one line a runtime, both axes logarithmic, with the budget. */
import type { VariantReport } from '../../run-report.ts';
import type { SimulationResult } from '../../../sim/result.ts';
import { plainNumber } from '../../text/number.ts';
import { duration, durationBand, hertz, setDuration } from '../../text/quantity.ts';
import { limitOf } from '../../view/budget.ts';
import type { Choice } from '../../view/choice.ts';
import { resultAt, resultsAt, runtimesOf } from '../../view/select.ts';
import { html, svg, type Markup } from '../markup.ts';
import { drawing, figure } from './figure.ts';
import { at, logarithmic, logDomain, logTicks, spread, type Scale } from './scale.ts';

const WIDTH = 440;
const HEIGHT = 320;
const LEFT = 54;
const RIGHT = WIDTH - 126;
const TOP = 12;
const BOTTOM = HEIGHT - 36;

interface Axes {
  x: Scale;
  y: Scale;
}

const line = (results: readonly SimulationResult[], { x, y }: Axes): string =>
  results.map((r) => `${at(x(r.rateHz))},${at(y(r.latencyMs.value))}`).join(' ');

/** Polygon between the low and the high ends of the bands. */
const bandOf = (results: readonly SimulationResult[], { x, y }: Axes): string =>
  [
    ...results.map((r) => `${at(x(r.rateHz))},${at(y(r.latencyMs.high))}`),
    ...results.toReversed().map((r) => `${at(x(r.rateHz))},${at(y(r.latencyMs.low))}`),
  ].join(' ');

/** Labels of rates that lie close together lean away from each other. */
function rateLabel(rate: number, index: number, rates: readonly number[], { x }: Axes): Markup {
  const near = (other: number | undefined): boolean =>
    other !== undefined && Math.abs(x(other) - x(rate)) < 27;
  const anchor = near(rates[index + 1]) ? 'end' : near(rates[index - 1]) ? 'start' : 'middle';
  const lean = { end: 4, start: -4, middle: 0 }[anchor];
  return svg`<text class="tick" x="${at(x(rate) + lean)}" y="${BOTTOM + 16}" text-anchor="${anchor}">${plainNumber(rate)}</text>`;
}

const grid = (rates: readonly number[], axes: Axes): Markup => svg`
${logTicks(axes.y.domain).map((ms) => {
  const y = axes.y(ms);
  return svg`
<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${at(y)}" y2="${at(y)}"/>
<text class="tick" x="${LEFT - 7}" y="${at(y + 4)}" text-anchor="end">${setDuration(ms)}</text>`;
})}
${rates.map((rate, index) => {
  const x = at(axes.x(rate));
  return svg`
<line class="grid" x1="${x}" x2="${x}" y1="${TOP}" y2="${BOTTOM}"/>
${rateLabel(rate, index, rates, axes)}`;
})}
<text class="axis" x="${at((LEFT + RIGHT) / 2)}" y="${HEIGHT - 3}" text-anchor="middle">sampling rate, Hz</text>`;

const overBudget = (limit: number, { y }: Axes): Markup => svg`
<rect class="over" x="${LEFT}" width="${RIGHT - LEFT}" y="${TOP}" height="${at(Math.max(0, y(limit) - TOP))}"/>
<line class="budget" x1="${LEFT}" x2="${RIGHT}" y1="${at(y(limit))}" y2="${at(y(limit))}"/>`;

const budgetLabel = (limit: number, { y }: Axes): Markup =>
  svg`<text class="budget-label" x="${LEFT + 5}" y="${at(y(limit) - 5)}">budget ${setDuration(limit)}</text>`;

/** Filled where a model was trained for the rate, hollow where the figure is a cost only. */
const point = (r: SimulationResult, chosen: boolean, { x, y }: Axes): Markup =>
  svg`
<circle class="${chosen ? 'chosen' : 'other'}${r.trainedForRate ? '' : ' hollow'}" cx="${at(x(r.rateHz))}" cy="${at(y(r.latencyMs.value))}" r="${chosen ? 4.5 : 2.5}">
<title>${r.runtime} at ${hertz(r.rateHz)}: ${durationBand(r.latencyMs)}</title>
</circle>`;

export function latencyByRate(variant: VariantReport, choice: Choice): Markup {
  const { board, runtime } = choice;
  const here = resultsAt(variant, { board });
  const byRuntime = runtimesOf(variant)
    .map((id) => here.filter((r) => r.runtime === id).sort((a, b) => a.rateHz - b.rateHz))
    .filter((results) => results.length > 0)
    // The chosen runtime is drawn last, over the others.
    .sort((a, b) => Number(a[0]!.runtime === runtime) - Number(b[0]!.runtime === runtime));
  const rates = [...new Set(here.map((r) => r.rateHz))].sort((a, b) => a - b);
  const limit = here.map((r) => limitOf(r, 'latencyMs')).find((value) => value !== undefined);
  const figures = here.flatMap((r) => [r.latencyMs.low, r.latencyMs.high]);
  const axes: Axes = {
    x: logarithmic(logDomain(rates, 1.12), [LEFT, RIGHT]),
    y: logarithmic(logDomain(limit === undefined ? figures : [...figures, limit]), [BOTTOM, TOP]),
  };
  const ends = byRuntime.map((results) => axes.y(results.at(-1)!.latencyMs.value));
  const labels = spread(ends, 14, [TOP + 6, BOTTOM - 4]);
  const shown = resultAt(variant, choice);
  const chosen = byRuntime.find((results) => results[0]!.runtime === runtime) ?? [];
  return figure({
    title: 'Latency by rate',
    subtitle: html`${board}; last sample to decision, log scales; shaded band: <b>${runtime}</b>`,
    chart: drawing(
      WIDTH,
      HEIGHT,
      `Latency on ${board} with ${runtime}: ${chosen.map((r) => `${duration(r.latencyMs.value)} at ${hertz(r.rateHz)}`).join(', ')}${limit === undefined ? '' : `; the budget is ${setDuration(limit)}`}.`,
      [
        limit === undefined ? '' : overBudget(limit, axes),
        grid(rates, axes),
        svg`<polygon class="band" points="${bandOf(chosen, axes)}"/>`,
        byRuntime.map((results, index) => {
          const isChosen = results[0]!.runtime === runtime;
          const name = isChosen ? 'chosen' : 'other';
          const [end, label] = [ends[index]!, labels[index]!];
          return svg`
<g>
<polyline class="line ${name}" points="${line(results, axes)}"/>
${results.map((r) => point(r, isChosen, axes))}
<path class="leader" d="M${RIGHT - 4} ${at(end)}L${RIGHT + 6} ${at(label)}"/>
<text class="label ${name}" x="${RIGHT + 9}" y="${at(label + 4)}">${results[0]!.runtime}</text>
</g>`;
        }),
        limit === undefined ? '' : budgetLabel(limit, axes),
        shown
          ? svg`<circle class="halo" cx="${at(axes.x(shown.rateHz))}" cy="${at(axes.y(shown.latencyMs.value))}" r="8.5"/>`
          : '',
      ],
    ),
    legend: [
      { mark: 'dot', label: 'trained for this rate' },
      { mark: 'dot hollow', label: 'cost only' },
    ],
  });
}

/** Flash and RAM of a build, stacked by item, against what the board has. */
import type { SimulationResult } from '../../../sim/result.ts';
import { bytes, setBytes, share } from '../../text/quantity.ts';
import { limitOf } from '../../view/budget.ts';
import { html, svg, type Markup, type Renderable } from '../markup.ts';
import { drawing, figure } from './figure.ts';
import { at, linear } from './scale.ts';

const WIDTH = 440;
const LEFT = 2;
const RIGHT = WIDTH - 2;
const BLOCK = 92;
const COLOURS = 6;

type Use = 'flashBytes' | 'ramBytes';

/** Below this share of the board a bar to scale would be a hair; then it shows what the build is made of instead. */
const LEAST_SHARE = 0.04;

interface Gauge {
  total: number;
  limit: number | undefined;
  /** Bytes of the whole width. */
  full: number;
  toScale: boolean;
}

function gauge(result: SimulationResult, use: Use): Gauge {
  const total = result.memory[use];
  const limit = limitOf(result, use);
  const toScale = limit !== undefined && total >= limit * LEAST_SHARE;
  return { total, limit, toScale, full: Math.max(1, total, toScale ? limit : 0) };
}

/** The board's limit, at its place or, when it lies far beyond the bar, in words. */
function limitMark({ limit, full, toScale }: Gauge, top: number): Renderable {
  if (limit === undefined) return '';
  const has = `limit ${setBytes(limit)}`;
  if (!toScale)
    return svg`<text class="faint" x="${RIGHT}" y="${top + 63}" text-anchor="end">${has}, far beyond this bar</text>`;
  const x = linear([0, full], [LEFT, RIGHT])(limit);
  const anchor = x < WIDTH / 3 ? 'start' : 'end';
  return svg`
<line class="budget" x1="${at(x)}" x2="${at(x)}" y1="${top + 19}" y2="${top + 52}"/>
<text class="budget-label" x="${at(x)}" y="${top + 65}" text-anchor="${anchor}">${has}</text>`;
}

function bar(result: SimulationResult, use: Use, name: string, top: number): Markup {
  const measure = gauge(result, use);
  const { total, limit, full } = measure;
  const x = linear([0, full], [LEFT, RIGHT]);
  let before = 0;
  const items = result.memory.items.map((item, index): Renderable => {
    const from = before;
    before += item[use];
    if (item[use] === 0) return '';
    const width = at(Math.max(0.5, x(before) - x(from)));
    return svg`
<rect class="part part-o${index % COLOURS}" x="${at(x(from))}" width="${width}" y="${top + 24}" height="22">
<title>${item.name}: ${bytes(item[use])} (${item.kind})</title>
</rect>`;
  });
  const over = limit !== undefined && total > limit;
  const used = limit === undefined ? bytes(total) : `${bytes(total)} of ${setBytes(limit)}`;
  const verdict = limit === undefined ? '' : over ? `${bytes(total - limit)} too many` : share(total, limit);
  return svg`
<g>
<text class="name" x="${LEFT}" y="${top + 15}">${name}</text>
<text class="amount" x="${RIGHT}" y="${top + 15}" text-anchor="end">${used} <tspan class="${over ? 'bad' : 'faint'}">${verdict}</tspan></text>
<rect class="track" x="${LEFT}" width="${RIGHT - LEFT}" y="${top + 24}" height="22" rx="2"/>
${items}${limitMark(measure, top)}
</g>`;
}

export const memoryChart = (result: SimulationResult): Markup =>
  figure({
    title: 'Memory',
    subtitle: html`${result.board} with ${result.runtime}; weights lie in linear memory, so they count as RAM
    too`,
    chart: drawing(
      WIDTH,
      BLOCK * 2 - 16,
      `Memory: ${bytes(result.memory.flashBytes)} of flash and ${bytes(result.memory.ramBytes)} of RAM; it ${result.memory.fits ? 'fits' : 'does not fit'} on ${result.board}.`,
      [bar(result, 'flashBytes', 'Flash', 0), bar(result, 'ramBytes', 'RAM', BLOCK)],
    ),
    legend: result.memory.items.map((item, index) => ({
      mark: `part-o${index % COLOURS}`,
      label: item.name,
    })),
  });

/** How many times faster the parallel variant is, by board, beside the published range and what arithmetic allows. */
import { plainNumber } from '../../text/number.ts';
import { ratio } from '../../text/quantity.ts';
import type { SpeedUp } from '../../view/speed-up.ts';
import { html, svg, type Markup, type Renderable } from '../markup.ts';
import { drawing, figure } from './figure.ts';
import { at, linear, linearTicks } from './scale.ts';

const WIDTH = 440;
const LEFT = 140;
const RIGHT = WIDTH - 46;
const ROW = 22;
const HEAD = 24;

export function speedUpChart({ rows, claims, parallel }: SpeedUp, against: string): Markup {
  const claim = claims.get(against);
  const found = rows.flatMap((row) =>
    row.others.filter((other) => other.variant === against).map((other) => ({ row, value: other.ratio })),
  );
  const highest = Math.max(1, ...found.map(({ value }) => value), ...(claim?.publishedRange ?? []));
  const x = linear([0, highest * 1.08], [LEFT, RIGHT]);
  const bottom = HEAD + found.length * ROW;
  const range = ([low, high]: readonly [number, number], name: string): Renderable =>
    low === high
      ? svg`<line class="${name}-line" x1="${at(x(low))}" x2="${at(x(low))}" y1="${HEAD - 6}" y2="${bottom}"/>`
      : svg`<rect class="${name}" x="${at(x(low))}" width="${at(x(high) - x(low))}" y="${HEAD - 6}" height="${bottom - HEAD + 6}"/>`;
  const lines = found.map(({ row, value }, index) => {
    const y = HEAD + index * ROW + ROW / 2;
    return svg`
<g>
<title>${row.board}: ${ratio(value)} on ${row.coresUsed} core(s)</title>
<text class="name" x="${LEFT - 8}" y="${at(y + 4)}" text-anchor="end">${row.board}</text>
<rect class="ratio${row.coresUsed > 1 ? '' : ' single'}" x="${LEFT}" width="${at(x(value) - LEFT)}" y="${at(y - 5)}" height="10" rx="2"/>
<text class="value" x="${at(x(value) + 6)}" y="${at(y + 4)}">${ratio(value)}</text>
</g>`;
  });
  const ticks = linearTicks(highest * 1.05, 5).map(
    (tick) =>
      svg`
<line class="grid" x1="${at(x(tick))}" x2="${at(x(tick))}" y1="${HEAD - 6}" y2="${bottom}"/>
<text class="tick" x="${at(x(tick))}" y="${bottom + 15}" text-anchor="middle">${plainNumber(tick)}x</text>`,
  );
  return figure({
    title: `${parallel.id} against ${against}`,
    subtitle: html`times faster from the last sample to the decision`,
    chart: drawing(
      WIDTH,
      bottom + 22,
      `${parallel.id} is faster than ${against} by ${found.map(({ row, value }) => `${ratio(value)} on ${row.board}`).join(', ')}.`,
      [
        claim ? range(claim.arithmeticRange, 'arithmetic') : '',
        claim ? range(claim.publishedRange, 'published') : '',
        ticks,
        lines,
      ],
    ),
    legend: [
      { mark: 'ratio', label: 'two cores' },
      { mark: 'ratio single', label: 'one core' },
      ...(claim
        ? [
            { mark: 'arithmetic', label: `arithmetic allows ${claim.arithmetic}` },
            { mark: 'published', label: `published ${claim.published}` },
          ]
        : []),
    ],
  });
}

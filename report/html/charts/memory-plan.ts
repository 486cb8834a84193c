/** What lies where in linear memory, stage by stage: one strip of addresses a stage, to scale, constants left out. */
import type { KernelSummary } from '../../run-report.ts';
import { bytes, hertz } from '../../text/quantity.ts';
import { html, svg, type Markup, type Renderable } from '../markup.ts';
import { drawing, figure } from './figure.ts';
import { at, linear } from './scale.ts';

const WIDTH = 480;
const LEFT = 2;
const RIGHT = WIDTH - 2;
const ROW = 42;
const COLOURS = 7;
/** Width that a character takes in a label, and the room at its sides. */
const CHARACTER = 6.2;
const MARGIN = 10;

/** "model_lstm_states: 100 x 64, h" -> "model_lstm_states". */
const nameOf = (what: string): string => what.split(':')[0]!;

export function memoryPlanChart({ plan, rateHz }: KernelSummary): Markup {
  const shown = plan.rows.filter((row) => row.kind !== 'constants');
  const constants = plan.rows.find((row) => row.kind === 'constants');
  const start = Math.min(plan.bytes, ...shown.map((row) => row.address));
  const x = linear([start, plan.bytes], [LEFT, RIGHT]);
  const colour = (index: number): string => `part-o${index % COLOURS}`;
  const strip = (title: string, slot: number): Markup => {
    const y = slot * ROW;
    const boxes = shown.map((row, index): Renderable => {
      if (slot < row.first || slot > row.last) return '';
      const width = Math.max(0.5, x(row.address + row.bytes) - x(row.address));
      const name = nameOf(row.what);
      const label =
        name.length * CHARACTER + MARGIN < width
          ? svg`<text class="inside" x="${at(x(row.address) + width / 2)}" y="${y + 33.5}" text-anchor="middle">${name}</text>`
          : '';
      return svg`
<g>
<rect class="part ${colour(index)}" x="${at(x(row.address))}" width="${at(width)}" y="${y + 20}" height="19"/>
${label}<title>${row.what}: ${bytes(row.bytes)} from ${row.address}</title>
</g>`;
    });
    return svg`
<g>
<text class="name" x="${LEFT}" y="${y + 14}">${slot + 1}  ${title}</text>
<rect class="track" x="${LEFT}" width="${RIGHT - LEFT}" y="${y + 20}" height="19" rx="2"/>
${boxes}
</g>`;
  };
  const axisAt = plan.slots.length * ROW + 14;
  const saved = plan.bufferBytesUnshared - plan.bufferBytes;
  return figure({
    title: 'Memory plan',
    className: 'plan',
    subtitle: html`${hertz(rateHz)}, shaped for compiled code: addresses from left to right, a strip for each
    stage in order. Below ${start} lie the constants, ${bytes(constants?.bytes ?? 0)}. Buffers share
    addresses: ${bytes(plan.bufferBytes)}${saved > 0 ? html`, ${bytes(saved)} less than side by side` : ''}`,
    chart: drawing(
      WIDTH,
      axisAt + 4,
      `Memory plan: ${bytes(plan.bytes)} in all; ${plan.slots.length} stages share ${bytes(plan.bufferBytes)} of buffers.`,
      [
        ...plan.slots.map(strip),
        svg`
<text class="axis" x="${LEFT}" y="${axisAt}">address ${start}</text>
<text class="axis" x="${RIGHT}" y="${axisAt}" text-anchor="end">${plan.bytes}</text>`,
      ],
    ),
    legend: shown.map((row, index) => ({
      mark: colour(index),
      label: `${nameOf(row.what)}, ${bytes(row.bytes)}`,
    })),
  });
}

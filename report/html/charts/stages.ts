/** Cycles of each stage of one inference, as bars; branches that may run side by side are bracketed. */
import type { SimulationResult } from '../../../sim/result.ts';
import { count, countBand, share } from '../../text/quantity.ts';
import { html, svg, type Markup } from '../markup.ts';
import { drawing, figure } from './figure.ts';
import { at, linear } from './scale.ts';

const WIDTH = 360;
const ROW = 38;
const LEFT = 2;
const RIGHT = WIDTH - 2;

export function stagesChart(result: SimulationResult): Markup {
  const total = result.stages.reduce((a, stage) => a + stage.cycles.value, 0);
  const highest = Math.max(1, ...result.stages.map((stage) => stage.cycles.high));
  const x = linear([0, highest], [LEFT, RIGHT]);
  const rows = result.stages.map((stage, index) => {
    const y = index * ROW;
    const { value, low, high } = stage.cycles;
    return svg`
<g>
<title>${stage.name}: ${countBand(stage.cycles)} cycles, ${count(stage.wasmOps)} wasm operations, ${count(stage.macs)} MACs</title>
<text class="name" x="${LEFT}" y="${y + 14}">${stage.title || stage.name}${stage.parallel ? ' ∥' : ''}</text>
<text class="amount" x="${RIGHT}" y="${y + 14}" text-anchor="end">${count(value)} <tspan class="faint">${share(value, total)}</tspan></text>
<rect class="track" x="${LEFT}" width="${RIGHT - LEFT}" y="${y + 20}" height="9" rx="2"/>
<rect class="stage" x="${LEFT}" width="${at(Math.max(1, x(value) - LEFT))}" y="${y + 20}" height="9" rx="2"/>${
      low === high
        ? ''
        : svg`<path class="whisker" d="M${at(x(low))} ${y + 24.5}H${at(x(high))}M${at(x(high))} ${y + 21}v7"/>`
    }</g>`;
  });
  const parallel = result.stages.some((stage) => stage.parallel);
  const where = result.coresUsed > 1 ? 'side by side on two cores' : 'one after the other on one core here';
  return figure({
    title: 'Cycles by stage',
    className: 'third last',
    subtitle: html`${countBand(result.cycles)} cycles an inference, ${count(result.wasmOpsPerInference)} wasm
    operations, ${count(result.macsPerInference)} MACs${parallel ? `; ∥ ${where}` : ''}`,
    chart: drawing(
      WIDTH,
      Math.max(ROW, result.stages.length * ROW),
      `Cycles by stage: ${result.stages.map((s) => `${s.title || s.name} ${share(s.cycles.value, total)}`).join(', ')}.`,
      rows,
    ),
  });
}

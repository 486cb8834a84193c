/** Every part of the power and every item of memory with how its figure came to be known and from where. */
import type { SimulationResult } from '../../../sim/result.ts';
import { withBand } from '../../text/number.ts';
import { bytes, hertz, share } from '../../text/quantity.ts';
import { actualText, limitText } from '../../view/closing/figures.ts';
import { html, type Markup } from '../markup.ts';
import { dataTable, num, td, th } from './table.ts';
import { kindBadge, verdictBadge } from './verdict.ts';

const latencyTable = ({ latencyParts, latencyMs, board, runtime }: SimulationResult): Markup =>
  dataTable(
    `From the last sample to the decision on ${board} with ${runtime}`,
    [
      { label: 'Part' },
      { label: 'Time', unit: 'ms', number: true },
      { label: 'Share', number: true },
      { label: 'Known by' },
      { label: 'Source' },
    ],
    latencyParts.map((part) => [
      th(part.name),
      num(withBand({ value: part.ms, low: part.low, high: part.high })),
      num(share(part.ms, latencyMs.value)),
      td(kindBadge(part.kind)),
      html`<td class="source">${part.source}</td>`,
    ]),
  );

const powerTable = ({ power, board, rateHz }: SimulationResult): Markup =>
  dataTable(
    `Power by part on ${board} at ${hertz(rateHz)}`,
    [
      { label: 'Part' },
      { label: 'Power', unit: 'mW', number: true },
      { label: 'Share', number: true },
      { label: 'Known by' },
      { label: 'Source' },
    ],
    power.parts.map((part) => [
      th([part.name, part.sensor ? html` <small class="tag">sensor</small>` : '']),
      num(withBand({ value: part.mw, low: part.low, high: part.high })),
      num(share(part.mw, power.averageMw.value)),
      td(kindBadge(part.kind)),
      html`<td class="source">${part.source}</td>`,
    ]),
  );

const memoryTable = ({ memory, board, runtime }: SimulationResult): Markup =>
  dataTable(
    `Memory on ${board} with ${runtime}`,
    [
      { label: 'Item' },
      { label: 'Flash', number: true },
      { label: 'RAM', number: true },
      { label: 'Known by' },
      { label: 'Source' },
    ],
    memory.items.map((item) => [
      th(item.name),
      num(bytes(item.flashBytes)),
      num(bytes(item.ramBytes)),
      td(kindBadge(item.kind)),
      html`<td class="source">${item.source}</td>`,
    ]),
  );

const checksTable = ({ checks }: SimulationResult): Markup =>
  dataTable(
    'Budgets',
    [
      { label: 'Check' },
      { label: 'Actual', number: true },
      { label: 'Limit', number: true },
      { label: 'Verdict' },
    ],
    checks.map((check) => [
      th(check.title),
      num(actualText(check) || '-'),
      num(limitText(check) || '-'),
      td([
        verdictBadge(check.verdict),
        check.verdict === 'pass' || !check.reason ? '' : html` <small>${check.reason}</small>`,
      ]),
    ]),
    'narrow',
  );

export const provenance = (result: SimulationResult): Markup =>
  html` ${checksTable(result)} ${latencyTable(result)} ${powerTable(result)} ${memoryTable(result)}
    ${
      result.memory.advice.length > 0
        ? html`<ul class="notes">
            ${result.memory.advice.map((advice) => html`<li>${advice}</li>`)}
          </ul>`
        : ''
    }
    <p class="origin">
      Latency and cycles: ${kindBadge('model')} executed blocks of the kernel, counted on real windows, times
      the cost table of ${result.core} under ${result.runtime}; cycle-approximate. Sensor power, average
      power, battery and memory are the sums of the rows above.
    </p>
    ${
      result.notes.length > 0
        ? html`<h4>What these figures rest on</h4>
            <ul class="notes">
              ${result.notes.map((note) => html`<li>${note}</li>`)}
            </ul>`
        : ''
    }`;

/** Boards by runtimes at one rate: the verdict of each pair with its latency and what decides against it. */
import type { SystemReport, VariantReport } from '../../run-report.ts';
import type { SimulationResult } from '../../../sim/result.ts';
import { duration, durationBand, hertz } from '../../text/quantity.ts';
import { twoLines } from '../../text/two-lines.ts';
import { decisiveShort } from '../../view/budget.ts';
import { boardsOf, resultAt, runtimesOf, variantName } from '../../view/select.ts';
import { verdictSign } from '../charts/marks.ts';
import { html, raw, type Markup } from '../markup.ts';

/** A long name on two lines, broken at the hyphen nearest its middle. */
const breakable = (name: string): Markup[] =>
  twoLines(name, 12)
    .split('\n')
    .map((line, index) => html`${index > 0 ? raw('<br>') : ''}${line}`);

/** A cell is a link to the system's section; with JavaScript it also chooses the pair there. */
function cell(result: SimulationResult | undefined, systemIndex: number, variant: string): Markup {
  if (!result) return html`<td class="none">-</td>`;
  const { verdict, latencyMs, board, runtime, rateHz } = result;
  const why = verdict === 'pass' ? '' : decisiveShort(result);
  const said = `${board}, ${runtime}: ${durationBand(latencyMs)}`;
  return html`<td class="cell ${verdict}">
    <a
      href="#system-${systemIndex}"
      data-system="${systemIndex}"
      data-variant="${variant}"
      data-board="${board}"
      data-runtime="${runtime}"
      data-rate="${rateHz}"
      title="${said}"
      >${duration(latencyMs.value)}<small
        ><span aria-hidden="true">${verdictSign[verdict]}</span>
        <span class="${why ? 'sr' : ''}">${verdict}</span> ${why}</small
      ></a
    >
  </td>`;
}

export function matrixTable(
  system: SystemReport,
  systemIndex: number,
  variant: VariantReport,
  rateHz: number,
): Markup {
  const runtimes = runtimesOf(variant);
  const name = `${variantName(system, variant)} at ${hertz(rateHz)}`;
  return html` <div class="scroll" role="region" aria-label="Verdicts of ${name}" tabindex="0">
    <table class="matrix">
      <caption>
        ${name}: latency and verdict by board and runtime
      </caption>
      <thead>
        <tr>
          <td></td>
          ${runtimes.map((runtime) => html`<th scope="col">${breakable(runtime)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${boardsOf(variant).map(
          (board) =>
            html`<tr>
              <th scope="row">${breakable(board)}</th>
              ${runtimes.map((runtime) => cell(resultAt(variant, { board, runtime, rateHz }), systemIndex, variant.id))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

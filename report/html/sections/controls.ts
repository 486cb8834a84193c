/** The choice of variant, board, runtime and rate. Hidden until JavaScript, which it needs, has started. */
import type { SystemReport } from '../../run-report.ts';
import { plainNumber } from '../../text/number.ts';
import type { Choice } from '../../view/choice.ts';
import { boardsOf, ratesOf, runtimesOf } from '../../view/select.ts';
import { html, type Markup } from '../markup.ts';

const select = (name: string, label: string, values: readonly string[], chosen: string): Markup =>
  html` <label class="field"
    ><span>${label}</span
    ><select name="${name}">
      ${values.map(
        (value) =>
          html`<option value="${value}" ${value === chosen ? html` selected` : ''}>${value}</option>`,
      )}
    </select></label
  >`;

/** Radio buttons in a row, for a few values of which all should be seen. */
const segments = (
  name: string,
  legend: string,
  values: readonly { value: string; label: string }[],
  chosen: string,
  id: string,
): Markup =>
  html` <fieldset class="segments">
    <legend>${legend}</legend>
    <div>
      ${values.map(
        ({ value, label }) =>
          html`<label
            ><input
              type="radio"
              name="${name}"
              value="${value}"
              data-group="${id}"
              ${value === chosen ? html` checked` : ''}
            /><span>${label}</span></label
          >`,
      )}
    </div>
  </fieldset>`;

export function controls(system: SystemReport, index: number, choice: Choice): Markup {
  const variants = system.variants.map(({ id }) => ({ value: id, label: id }));
  const rates = ratesOf(system).map((rate) => ({ value: String(rate), label: `${plainNumber(rate)} Hz` }));
  return html` <form
    class="controls"
    id="controls-${index}"
    data-system="${index}"
    hidden
    aria-label="What to show of ${system.name}"
  >
    ${variants.length > 1 ? segments('variant', 'Variant', variants, choice.variant, `v${index}`) : ''}
    ${select('board', 'Board', boardsOf(system), choice.board)}
    ${select('runtime', 'Runtime', runtimesOf(system), choice.runtime)}
    ${segments('rate', 'Rate', rates, String(choice.rateHz), `r${index}`)}
  </form>`;
}

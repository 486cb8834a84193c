/** What a lower rate saves of the sensor's power, in one sentence, with what was published. */
import type { SystemReport, VariantReport } from '../../run-report.ts';
import { hertz, percent } from '../../text/quantity.ts';
import { claimsOf } from '../../view/claims.ts';
import { savingsOf } from '../../view/savings.ts';
import { html, type Markup } from '../markup.ts';

export function savingsLine(system: SystemReport, variant: VariantReport, board: string): Markup | '' {
  const found = savingsOf(system, variant, board);
  if (found.length === 0) return '';
  const claimed = found.some(({ published }) => published !== undefined);
  return html`<p class="savings">
    <b>Sensor power on ${board}.</b> ${found.map(
      ({ fromHz, toHz, saved, published }) =>
        html`${hertz(toHz)} saves <b>${percent(saved)}</b> against
          ${hertz(fromHz)}${published === undefined ? '' : html` <span class="faint">(published: ${published})</span>`}. `,
    )}${claimed ? html`<span class="faint">Published: ${claimsOf(system.name)?.source}.</span>` : ''}
  </p>`;
}

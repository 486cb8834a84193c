/**
 * All that a report shows of one choice of variant, board, runtime and rate. A pure function from data to markup:
 * the generator calls it for the choice with which the report opens, the page calls it again for every other.
 */
import type { SystemReport } from '../run-report.ts';
import type { Choice } from '../view/choice.ts';
import { resultAt } from '../view/select.ts';
import { batteryByRate } from './charts/battery-by-rate.ts';
import { latencyByRate } from './charts/latency-by-rate.ts';
import { latencyMap } from './charts/latency-map.ts';
import { memoryChart } from './charts/memory.ts';
import { powerByRate } from './charts/power-by-rate.ts';
import { stagesChart } from './charts/stages.ts';
import { html, type Markup } from './markup.ts';
import { comparisonTable } from './sections/comparison.ts';
import { kernelsTable } from './sections/kernels.ts';
import { insideSection } from './sections/inside.ts';
import { keyFigures } from './sections/key-figures.ts';
import { provenance } from './sections/provenance.ts';
import { savingsLine } from './sections/savings.ts';
import { speedUpSection } from './sections/speed-up.ts';

export function explorer(system: SystemReport, choice: Choice): Markup {
  const variant = system.variants.find(({ id }) => id === choice.variant);
  const result = variant && resultAt(variant, choice);
  if (!variant || !result) return html`<p class="card">This combination was not simulated.</p>`;
  const kernel = variant.kernels.find(({ rateHz }) => rateHz === choice.rateHz);
  return html` ${keyFigures(result)}
    <div class="charts six">
      ${latencyByRate(variant, choice)} ${latencyMap(variant, choice)} ${memoryChart(result)}
      ${powerByRate(variant, choice)} ${batteryByRate(variant, choice)} ${stagesChart(result)}
    </div>
    ${savingsLine(system, variant, choice.board)} ${comparisonTable(variant, choice.board, choice.runtime)}
    ${kernelsTable(variant)} ${speedUpSection(system, choice)} ${kernel ? insideSection(kernel) : ''}
    <h3>Where the figures come from</h3>
    ${provenance(result)}`;
}

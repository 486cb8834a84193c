/** Inside the kernel of one rate: its memory plan, and the proofs that no sum can overflow. */
import type { KernelSummary } from '../../run-report.ts';
import { fixed } from '../../text/number.ts';
import { memoryPlanChart } from '../charts/memory-plan.ts';
import { html, type Markup } from '../markup.ts';
import { dataTable, num, th } from './table.ts';

const share = ({ worstCase, limit }: { worstCase: number; limit: number }): number => worstCase / limit;

export function insideSection(kernel: KernelSummary): Markup {
  const proofs = [...kernel.proofs].sort((a, b) => share(b) - share(a));
  const largest = proofs[0];
  return html` <h3>Inside the kernel</h3>
    <div class="charts inside">
      ${memoryPlanChart(kernel)}
      <div class="card">
        <h4>Proofs</h4>
        <p class="sub">
          ${
            largest === undefined
              ? 'This kernel has no accumulators.'
              : html`No input can overflow a sum: the nearest, ${largest.where}, stays at
                ${fixed(100 * share(largest), 1)} % of what its type holds. Worst cases follow from the actual
                weights, not from samples.`
          }
        </p>
        ${
          kernel.tableErrors.length === 0
            ? ''
            : html`${dataTable(
                'Function tables: the largest error over all inputs',
                [{ label: 'Table' }, { label: 'Error', number: true }],
                kernel.tableErrors.map((table) => [th(table.function), num(table.largest.toExponential(2))]),
                'narrow',
              )}`
        }
        <details>
          <summary>All ${proofs.length} accumulators</summary>
          ${dataTable(
            'Worst case of each accumulator',
            [
              { label: 'Accumulator' },
              { label: 'Worst case', number: true },
              { label: 'Of its limit', unit: '%', number: true },
            ],
            proofs.map((proof) => [
              th(proof.where),
              num(proof.worstCase.toExponential(3)),
              num(fixed(100 * share(proof), 1)),
            ]),
          )}
        </details>
      </div>
    </div>`;
}

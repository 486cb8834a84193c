/** What depends on the rate alone: size of the kernel and, where a model was trained, how well it decides. */
import type { VariantReport } from '../../run-report.ts';
import { fixed } from '../../text/number.ts';
import { bytes, count, hertz } from '../../text/quantity.ts';
import { html, type Markup } from '../markup.ts';
import { dataTable, num, th } from './table.ts';

const asPercent = (fraction: number): string => fixed(fraction * 100, 1);

export function kernelsTable(variant: VariantReport): Markup {
  const rows = [...variant.kernels]
    .sort((a, b) => a.rateHz - b.rateHz)
    .map((kernel) => {
      const accuracy = variant.results.find((r) => r.rateHz === kernel.rateHz && r.accuracy)?.accuracy;
      return [
        th(hertz(kernel.rateHz)),
        num(fixed(kernel.steps, 0)),
        num(count(kernel.macs)),
        num(bytes(kernel.wasmBytes)),
        num(bytes(kernel.constantBytes)),
        num(bytes(kernel.linearMemoryBytes)),
        ...(accuracy
          ? [
              num(fixed(accuracy.windows, 0)),
              num(asPercent(accuracy.agreement)),
              num(`${asPercent(accuracy.float.accuracy)} → ${asPercent(accuracy.fixed.accuracy)}`),
              num(`${asPercent(accuracy.float.eer)} → ${asPercent(accuracy.fixed.eer)}`),
            ]
          : [html`<td class="num faint" colspan="4">cost only: no model trained for this rate</td>`]),
      ];
    });
  return dataTable(
    `Kernels of ${variant.title}: sizes, and float model → fixed-point kernel on real windows`,
    [
      { label: 'Rate' },
      { label: 'Steps', number: true },
      { label: 'MACs', number: true },
      { label: 'wasm', number: true },
      { label: 'Constants', number: true },
      { label: 'Linear memory', number: true },
      { label: 'Windows', number: true },
      { label: 'Same decision', unit: '%', number: true },
      { label: 'Accuracy', unit: '%', number: true },
      { label: 'EER', unit: '%', number: true },
    ],
    rows,
  );
}

/** The table of `escapement verify --layers`. */
import { count, share } from '../../report/text/quantity.ts';
import { fixed, significant } from '../../report/text/number.ts';
import { table } from '../../report/text/table.ts';
import type { LayersReport } from '../../generator/verify/layers.ts';

export function layersText(kernel: string, origin: string, report: LayersReport, floorDb: number): string {
  const right = (header: string) => ({ header, align: 'right' as const });
  const decibels = (value: number | null) => (value === null ? 'exact' : `${fixed(value, 1)} dB`);
  const rows = report.layers.map((l) => [
    l.layer,
    l.kind,
    decibels(l.snrDb),
    decibels(l.ownSnrDb),
    significant(l.maxError),
    significant(l.largest),
    l.saturations === 0 ? '0' : `${count(l.saturations)} (${share(l.saturations, l.values)})`,
    l.collapsed ? 'collapsed' : l.layer === report.firstBad ? 'low' : '',
  ]);
  const bad = report.layers.find((l) => l.layer === report.firstBad);
  const verdict = !bad
    ? `pass: every layer stays at least ${floorDb} dB above its error`
    : bad.collapsed
      ? `fail: first bad layer ${bad.layer}: its fixed outputs are the same for every window, the float ones are not`
      : `fail: first bad layer ${bad.layer}, ${decibels(bad.snrDb)} above its error (at least ${floorDb} dB wanted)`;
  return [
    `${kernel}: integer reference against the float model, ${report.windows} ${origin}`,
    ...table(
      [
        { header: 'layer' },
        { header: 'kind' },
        right('signal\nto noise'),
        right('adds by\nitself'),
        right('largest\nerror'),
        right('largest\nvalue'),
        right('saturated'),
        { header: '' },
      ],
      rows,
    ),
    ...(report.noisiest ? [`most noise of its own: ${report.noisiest}`] : []),
    verdict,
    '',
  ].join('\n');
}

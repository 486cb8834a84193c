/** The text of `escapement transform`. */
import { bytes, count, countBand, durationBand, percent } from '../../report/text/quantity.ts';
import { table } from '../../report/text/table.ts';
import type { TransformReport, TransformSide } from './transform-report.ts';

type Row = [
  title: string,
  of: (side: TransformSide) => string | undefined,
  ratio?: (side: TransformSide) => number | undefined,
];

const rows: readonly Row[] = [
  ['multiply-accumulates', (s) => count(s.macs), (s) => s.macs],
  ['trained numbers', (s) => count(s.parameters), (s) => s.parameters],
  [
    'constants of the kernel',
    (s) => (s.constantBytes ? bytes(s.constantBytes) : undefined),
    (s) => s.constantBytes,
  ],
  ['linear memory', (s) => (s.ramBytes ? bytes(s.ramBytes) : undefined), (s) => s.ramBytes],
  ['cycles, all cores', (s) => s.cycles && countBand(s.cycles), (s) => s.cycles?.value],
  ['latency', (s) => s.latencyMs && durationBand(s.latencyMs), (s) => s.latencyMs?.value],
  ['cores busy at once', (s) => s.coresUsed?.toString()],
  ['EER, float', (s) => s.float && percent(s.float.eer, 2)],
  ['EER, kernel', (s) => s.fixed && percent(s.fixed.eer, 2)],
  ['accuracy, kernel', (s) => s.fixed && percent(s.fixed.accuracy, 2)],
  ['FAR / FRR, kernel', (s) => s.fixed && `${percent(s.fixed.far, 2)} / ${percent(s.fixed.frr, 2)}`],
  [
    'FAR / FRR, refitted',
    (s) => s.float && `${percent(s.float.refit.far, 2)} / ${percent(s.float.refit.frr, 2)}`,
  ],
  ['decides as the trained model', (s) => (s.agreement === undefined ? undefined : percent(s.agreement, 2))],
];

export function transformText(report: TransformReport): string {
  const { before, after, segments, units, inputs } = report;
  const lines = rows.flatMap(([title, of, ratio]) => {
    const [a, b] = [of(before), of(after)];
    if (!a || !b) return [];
    const [x, y] = [ratio?.(before), ratio?.(after)];
    return [[title, a, b, x && y ? `${(y / x).toFixed(2)}x` : '']];
  });
  const what =
    report.kind === 'units'
      ? `${units.join(' + ')} units, one segment of the sequence each`
      : 'one segment of the sequence each, all units in each, because every step is used';
  return [
    `${report.model}: layer ${report.layer} in ${report.branches} branches, ${what}` +
      (report.featuresSplit ? `, ${inputs.join(' + ')} inputs` : ''),
    `segments of ${segments.map(({ begin, end }) => end - begin).join(' + ')} steps`,
    ...(report.board
      ? [
          `on ${report.board} under ${report.runtime}, ${report.cores} ${report.cores === 1 ? 'core' : 'cores'}`,
        ]
      : []),
    ...table(
      [
        { header: '' },
        { header: 'trained', align: 'right' },
        { header: 'split', align: 'right' },
        { header: 'ratio', align: 'right' },
      ],
      lines,
    ),
    ...notes(report),
    `wrote ${report.file}`,
    '',
  ].join('\n');
}

function notes({ windows, readout, kind, before, after }: TransformReport): string[] {
  const found: string[] = [];
  if (windows === undefined)
    found.push(
      'Without a pipeline there are no windows: branches start from zero states, and accuracy and time are not known.',
    );
  else
    found.push(
      `What branches no longer see is replaced by its mean over ${windows} calibration windows` +
        (readout ? `; layer ${readout.layer} is fitted again to them (ridge ${readout.ridge}).` : '.'),
    );
  if (before.float && kind === 'units')
    found.push(
      'Not trained further: fine-tune the file, save it and put it into the pipeline, and this cost goes down.',
      'The refitted threshold is the one at which FAR and FRR meet on these windows, chosen after the fact.',
    );
  if (after.coresUsed === 1) found.push('The board has one core: branches run one after the other.');
  return found;
}

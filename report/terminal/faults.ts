/** What faults do to decisions, latency and energy, for a terminal: `escapement simulate --faults`. */
import type { FaultReport, FaultRun } from '../../sim/faults/run-faults.ts';
import type { ComparedDecision } from '../../sim/faults/compare.ts';
import { fixed, significant } from '../text/number.ts';
import { duration, power } from '../text/quantity.ts';
import { table } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import { createStyle, type Style, type TerminalOptions } from './style.ts';

/** Decisions that are shown one by one; JSON has all. */
const shown = 12;

export function terminalFaults(report: FaultReport, options: TerminalOptions): string {
  const style = createStyle(options);
  const lines = [
    style.bold(
      `${significant(report.seconds)} s with ${report.faults.length > 0 ? report.faults.join(', ') : 'no faults'} (seed ${report.seed})`,
    ),
    '',
    ...runs(report, style),
    '',
    ...wrap(outcomes(report), style.width),
    ...wrap(kernel(report), style.width),
    ...moved(report, style),
    ...touched(report.decisions, style),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function runs({ clean, faulted }: FaultReport, style: Style): string[] {
  const row = (name: string, text: (run: FaultRun) => string): string[] => [name, text(clean), text(faulted)];
  const latency = (pick: 'mean' | 'max') => (run: FaultRun) =>
    run.latencyMs ? duration(run.latencyMs[pick]) : '-';
  const rows = [
    row('samples taken in', (run) => String(run.samples)),
    row('decisions', (run) => String(run.decisions)),
    row('last sample to decision, mean', latency('mean')),
    row('last sample to decision, longest', latency('max')),
    row('longest time without a decision', (run) => `${fixed(run.longestGapS, 2)} s`),
    row('energy', (run) => `${significant(run.energyMj)} mJ`),
    row('average power', (run) => power(run.averageMw)),
    ...(clean.messages + faulted.messages > 0
      ? [
          row('messages, transmissions', (run) => `${run.messages}, ${run.transmissions}`),
          row('messages lost for good', (run) => String(run.lostMessages)),
        ]
      : []),
  ];
  const columns = [
    { header: '' },
    { header: 'without faults', align: 'right' as const },
    { header: 'with faults', align: 'right' as const },
  ];
  return table(columns, rows, { paintHeader: style.dim });
}

function outcomes({ counts, clean }: FaultReport): string {
  const { same, changed, refused, lost, extra } = counts;
  return `Decisions: ${same} of ${clean.decisions} the same, ${changed} changed, ${refused} refused by the kernel, ${lost} lost, ${extra} at other times.`;
}

function kernel({ kernel: { trap, invalid, changedUnmarked, decidedAfterReset } }: FaultReport): string {
  if (trap !== null) return `Kernel: it TRAPPED: ${trap}.`;
  const faults = [
    ...(invalid > 0 ? [`${invalid} values that are no answer`] : []),
    ...(changedUnmarked > 0 ? [`${changedUnmarked} decisions changed that no fault touched`] : []),
    ...(decidedAfterReset > 0 ? [`${decidedAfterReset} decisions made without a window`] : []),
  ];
  return faults.length > 0
    ? `Kernel: ${faults.join('; ')}.`
    : 'Kernel: no trap, every answer is a decision or a status, and every decision that changed is marked with the fault that touched its window.';
}

/** What a reader must know before counting changed decisions. */
const moved = ({ decisions }: FaultReport, style: Style): string[] =>
  decisions.some(({ marks }) => marks.includes('brown-out') || marks.includes('clock-drift'))
    ? wrap(
        'Behind a brown-out or with a wrong clock windows lie elsewhere in the signal: such a decision is of another window, not of the same one disturbed.',
        style.width,
      ).map(style.dim)
    : [];

function touched(decisions: readonly ComparedDecision[], style: Style): string[] {
  const differing = decisions.filter(({ outcome }) => outcome !== 'same');
  if (differing.length === 0) return [];
  const value = (answer: number | null): string => (answer === null ? '-' : String(answer));
  const rows = differing
    .slice(0, shown)
    .map(({ atS, clean, faulted, outcome, marks }) => [
      fixed(atS, 2),
      value(clean),
      value(faulted),
      outcome,
      marks.join(', '),
    ]);
  const columns = ['at s', 'without', 'with', 'outcome', 'marked'].map((header) => ({ header }));
  const more = differing.length - rows.length;
  return [
    '',
    ...table(columns, rows, { paintHeader: style.dim }),
    ...(more > 0 ? [style.dim(`and ${more} more`)] : []),
  ];
}

/** What a sweep found, for a terminal: counts by pipeline, and the cheapest configuration that keeps every budget. */
import type { SweepRow } from '../sweep/row.ts';
import { significant } from '../text/number.ts';
import { duration, hertz, power } from '../text/quantity.ts';
import { printable } from '../text/printable.ts';
import { table } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import { createStyle, type Style, type TerminalOptions } from './style.ts';

const right = (header: string) => ({ header, align: 'right' as const });

export function terminalSweep(rows: readonly SweepRow[], options: TerminalOptions): string {
  const style = createStyle(options);
  const groups = [...new Set(rows.map(nameOf))];
  const counted = table(
    [{ header: 'pipeline' }, ...['configurations', 'pass', 'undecided', 'fail', 'refused'].map(right)],
    groups.map((name) => {
      const own = rows.filter((row) => nameOf(row) === name);
      const having = (verdict: SweepRow['verdict']) =>
        String(own.filter((row) => row.verdict === verdict).length);
      return [
        printable(name),
        String(own.length),
        having('pass'),
        having('undecided'),
        having('fail'),
        having(null),
      ];
    }),
    { paintHeader: style.dim },
  );
  const best = groups.flatMap((name) => cheapest(name, rows, style));
  const refused = [...new Set(rows.flatMap((row) => (row.refused === null ? [] : [row.refused])))];
  const why = refused.slice(0, 3).flatMap((text) => wrap(printable(text), style.width, { first: '- ' }));
  const lines = [...counted, '', ...best, ...(why.length > 0 ? ['', style.bold('refused'), ...why] : [])];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

const nameOf = ({ pipeline, family }: SweepRow): string => `${pipeline}/${family}`;

/** The passing row of least power; a trained rate is preferred, as another has no known error. */
function cheapest(name: string, rows: readonly SweepRow[], style: Style): string[] {
  const passing = rows
    .filter((row) => nameOf(row) === name && row.verdict === 'pass')
    .sort(
      (a, b) =>
        Number(b.trainedForRate) - Number(a.trainedForRate) ||
        a.averageMw! - b.averageMw! ||
        a.index - b.index,
    );
  const [best] = passing;
  if (!best) return wrap(printable(`${name}: nothing passes for certain.`), style.width);
  const error = best.eer === null ? 'no model trained for this rate' : `EER ${significant(best.eer * 100)} %`;
  return wrap(
    printable(
      `${name}: least power that passes is ${power(best.averageMw!)} on ${best.board} with ${best.runtime} at ${hertz(best.rateHz)} (${duration(best.latencyMs!)}, ${error}).`,
    ),
    style.width,
  );
}

/** The sub-RNN beside the standard RNNs: latency side by side and how many times faster, with what was published. */
import type { SystemReport } from '../run-report.ts';
import { duration, hertz, ratio } from '../text/quantity.ts';
import { table, type Column } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import { speedUp } from '../view/speed-up.ts';
import type { Style } from './style.ts';

const right = (header: string): Column => ({ header, align: 'right' });

/** Empty when the system has no variant with parallel branches. */
export function speedUpTable(system: SystemReport, runtime: string, rateHz: number, style: Style): string[] {
  const found = speedUp(system, runtime, rateHz);
  if (!found || found.rows.length === 0) return [];
  const { parallel, others, rows, claims, source } = found;
  const body = rows.map((row) => [
    row.board,
    String(row.coresUsed),
    duration(row.parallel.latencyMs.value),
    ...others.map(({ id }) => {
      const other = row.others.find(({ variant }) => variant === id);
      return other ? duration(other.result.latencyMs.value) : '-';
    }),
    ...others.map(({ id }) => {
      const other = row.others.find(({ variant }) => variant === id);
      return other ? style.bold(ratio(other.ratio)) : '-';
    }),
  ]);
  const blank = ['', '', ...others.map(() => '')];
  const published = ['published', ...blank, ...others.map(({ id }) => claims.get(id)?.published ?? '-')];
  const arithmetic = [
    'arithmetic allows',
    ...blank,
    ...others.map(({ id }) => claims.get(id)?.arithmetic ?? '-'),
  ];
  return [
    ...wrap(
      `${parallel.id} beside ${others.map(({ id }) => id).join(' and ')}: ${runtime} at ${hertz(rateHz)}`,
      style.width,
    ).map(style.bold),
    ...table(
      [
        { header: '' },
        right('cores'),
        right(parallel.id),
        ...others.map(({ id }) => right(id)),
        ...others.map(({ id }) => right(`faster than\n${id}`)),
      ],
      [...body, ...(source ? [published.map(style.dim), arithmetic.map(style.dim)] : [])],
      { paintHeader: style.dim },
    ),
    ...(source
      ? wrap(
          `Published: ${source}. Arithmetic: multiply-accumulates on two cores; no reading of the paper gives 10x from them.`,
          style.width,
        ).map(style.dim)
      : []),
  ];
}

/** Boards by runtimes at one rate: verdict and latency, and under it the budget that decides against. Fits 80 cells. */
import type { VariantReport } from '../run-report.ts';
import type { SimulationResult } from '../../sim/result.ts';
import { significant } from '../text/number.ts';
import { table, type Column } from '../text/table.ts';
import { twoLines } from '../text/two-lines.ts';
import { decisiveShort } from '../view/budget.ts';
import { boardsOf, resultAt, runtimesOf } from '../view/select.ts';
import type { Style } from './style.ts';

/** "206 ms", "4.99 s": short, as the mark stands beside it. */
const latency = (ms: number): string =>
  ms >= 1000 ? `${significant(ms / 1000)} s` : `${significant(ms)} ms`;

function cell(result: SimulationResult | undefined, style: Style): string {
  if (!result) return style.dim('-');
  const first = `${style.mark(result.verdict)} ${latency(result.latencyMs.value)}`;
  return result.verdict === 'pass' ? first : `${first}\n${style.dim(decisiveShort(result))}`;
}

/** Lines of the matrix; boards down, runtimes across. */
export function matrix(variant: VariantReport, rateHz: number, style: Style): string[] {
  const runtimes = runtimesOf(variant);
  const columns: Column[] = [
    { header: '' },
    ...runtimes.map((runtime) => ({ header: twoLines(runtime, 8) })),
  ];
  const rows = boardsOf(variant).map((board) => [
    twoLines(board, 13),
    ...runtimes.map((runtime) => cell(resultAt(variant, { board, runtime, rateHz }), style)),
  ]);
  return table(columns, rows, { paintHeader: style.dim });
}

/** The last lines of a run: one verdict a system and board, its reason and the next step. */
import type { RunReport } from '../run-report.ts';
import { wrap } from '../text/wrap.ts';
import { closingLines } from '../view/closing/lines.ts';
import type { Style } from './style.ts';

/** Width of mark, word and the spaces behind them. */
const INDENT = 12;

export function closing(report: RunReport, style: Style): string[] {
  const lines = closingLines(report);
  const subjects = [...new Set(lines.map((line) => line.subject))];
  return subjects.flatMap((subject) => [
    style.bold(subject),
    ...lines
      .filter((line) => line.subject === subject)
      .flatMap((line) => {
        const word = `${style.mark(line.verdict)} ${style.tint(line.verdict, line.verdict.padEnd(9))} `;
        return [
          ...wrap(`${style.bold(line.board)}: ${line.reason}.`, style.width, { first: word }),
          ...wrap(`${line.next}.`, style.width, { first: `${' '.repeat(INDENT)}${style.dim('→')} ` }),
        ];
      }),
    '',
  ]);
}

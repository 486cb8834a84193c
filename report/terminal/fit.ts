/** A refit of a board, for a terminal: `escapement boards fit`. */
import type { Estimate } from '../../common/estimate.ts';
import type { Sourced } from '../../common/sourced.ts';
import type { TraceFit } from '../../sim/power/fit-trace.ts';
import { withBand } from '../text/number.ts';
import { powerBand } from '../text/quantity.ts';
import { table } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import { createStyle, type TerminalOptions } from './style.ts';

const headers = (names: readonly string[]) => names.map((header) => ({ header }));

export function terminalFit(
  board: string,
  fit: TraceFit,
  written: string | undefined,
  options: TerminalOptions,
): string {
  const style = createStyle(options);
  const outside = fit.constants.filter((constant) => constant.outside);
  const lines = [
    style.bold(`${board}: ${fit.constants.length} constants, ${fit.observations.length} measurements`),
    '',
    ...table(
      headers(['constant', 'before', 'fitted']),
      fit.constants.map(({ field, before, after }) => [field, text(before), text(after)]),
      { paintHeader: style.dim },
    ),
    '',
    ...table(
      headers(['measurement', 'measured', 'predicted before', 'now', 'error']),
      fit.observations.map(({ name, measuredMw, beforeMw, afterMw, errorPercent }) => [
        wrap(name, 36).join('\n'),
        powerBand(measuredMw),
        powerBand(beforeMw),
        powerBand(exactly(afterMw)),
        `${errorPercent >= 0 ? '+' : ''}${errorPercent.toFixed(1)} %`,
      ]),
      { paintHeader: style.dim },
    ),
    ...outside.flatMap(({ field, before }) => [
      '',
      ...wrap(
        `${field} lies outside of the range that was assumed (${before.low} to ${before.high} ${before.unit}): check what was running, the voltage and the other numbers of the board before you trust it.`,
        style.width,
        { first: '! ' },
      ),
    ]),
    ...(written ? ['', `Wrote ${written}`] : ['', style.dim('Add --out <file> to write the board file.')]),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

const exactly = (value: number): Estimate => ({ value, low: value, high: value });

const text = ({ value, unit, low = value, high = value }: Sourced): string =>
  withBand({ value, low, high }, unit === '1' ? '' : unit);

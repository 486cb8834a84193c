/** The whole report of a run, for a terminal: what `escapement demo` and `escapement compare` print. */
import type { RunReport, SystemReport } from '../run-report.ts';
import { hertz } from '../text/quantity.ts';
import { printableDeep } from '../text/printable.ts';
import { wrap } from '../text/wrap.ts';
import { defaultChoice, type Choice } from '../view/choice.ts';
import { variantName } from '../view/select.ts';
import { closing } from './closing.ts';
import { comparison } from './comparison.ts';
import { matrix } from './matrix.ts';
import { rateChoiceLine } from './rate-choice.ts';
import { savings } from './savings.ts';
import { speedUpTable } from './speed-up.ts';
import { createStyle, type Style, type TerminalOptions } from './style.ts';

export interface ReportOptions extends TerminalOptions {
  /** By system name: what to show instead of the default choice (see `view/choice.ts`). */
  choices?: Readonly<Record<string, Partial<Choice>>>;
}

/** Lines with a blank one behind them; nothing when there are none. */
const section = (lines: readonly string[]): string[] => (lines.length > 0 ? [...lines, ''] : []);

function systemSection(system: SystemReport, chosen: Partial<Choice> | undefined, style: Style): string[] {
  const byRule = defaultChoice(system);
  if (!byRule) return [];
  const choice: Choice = { ...byRule, ...chosen };
  const variant = system.variants.find(({ id }) => id === choice.variant);
  if (!variant) return [];
  return [
    ...wrap(`${system.name}: ${system.title}`, style.width).map(style.heading),
    '',
    ...section(comparison(variant, choice.board, choice.runtime, style)),
    ...section(rateChoiceLine(variant, choice.board, choice.runtime, style)),
    ...section(savings(system, variant, choice.board, style)),
    style.bold(`${variantName(system, variant)} at ${hertz(choice.rateHz)}: boards by runtimes`),
    ...section(matrix(variant, choice.rateHz, style)),
    ...section(speedUpTable(system, choice.runtime, choice.rateHz, style)),
  ];
}

/** Text of a run report, with a line feed at its end. */
export function terminalReport(report: RunReport, options: ReportOptions): string {
  const style = createStyle(options);
  const shown = printableDeep(report);
  const lines = [
    ...shown.systems.flatMap((system) => systemSection(system, options.choices?.[system.name], style)),
    ...closing(shown, style),
    ...wrap(
      `${shown.tool}; latency is cycle-approximate, bands are [low..high]; fingerprint ${shown.fingerprint.slice(0, 16)}`,
      style.width,
    ).map(style.dim),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

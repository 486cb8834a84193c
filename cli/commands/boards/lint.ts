/** `escapement boards lint <file>`: every error and warning of a board file, one line each, where an editor can jump to. */
import { lintBoard, type PlacedFinding } from '../../../boards/lint.ts';
import type { Command } from '../../command.ts';
import { exitCode } from '../../exit-codes.ts';
import { jsonOption, parseRates } from '../../options.ts';
import { printJson } from '../../print-json.ts';

interface Options {
  rates?: number[];
  strict?: boolean;
  json?: boolean;
}

/** The rates of the published comparisons: what a part does at them is worth knowing, but no error of the board. */
const usualRatesHz = [20, 25, 128, 512];

export const lint: Command = {
  name: 'lint',
  summary: 'report errors, missing sources, impossible rates and wide ranges of a board file',
  register(command, run) {
    command
      .argument('<board>', 'board file, or the id of a board that comes with Escapement')
      .option(
        '--rates <list>',
        'sampling rates in Hz that the board must make (default: says what it does at 20,25,128,512)',
        parseRates,
      )
      .option('--strict', 'warnings count as errors')
      .addHelpText('after', '\nExit codes: 0 no error, 2 an error (with --strict also a warning).');
    jsonOption(command);
    command.action(
      run((output, board: string, options: Options) => {
        const findings = lintBoard(board, options.rates ?? usualRatesHz).map((finding) =>
          options.rates === undefined && finding.rule === 'rates'
            ? { ...finding, severity: 'warning' as const }
            : finding,
        );
        const errors = findings.filter(({ severity }) => severity === 'error').length;
        const warnings = findings.length - errors;
        if (options.json) printJson(output, { board, errors, warnings, findings });
        else
          output.out(
            [...findings.map((finding) => line(board, finding)), total(errors, warnings), ''].join('\n'),
          );
        return errors > 0 || (options.strict && warnings > 0) ? exitCode.badInput : exitCode.pass;
      }),
    );
  },
};

const line = (board: string, { line, column, severity, field, problem, fix, rule }: PlacedFinding): string =>
  `${board}:${line}:${column}: ${severity}: ${field}: ${problem}. ${fix} [${rule}]`;

const total = (errors: number, warnings: number): string =>
  `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;

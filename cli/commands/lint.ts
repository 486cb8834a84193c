/** `escapement lint <module>`: what a runtime on a microcontroller would make of a module, ours or any other. */
import { createHash } from 'node:crypto';
import type { LintReport } from '../../generator/lint/lint-report.ts';
import { lintModule } from '../../generator/lint/lint.ts';
import { rules } from '../../generator/lint/registry.ts';
import { firmwareRuntime, firmwareRuntimes } from '../../generator/lint/runtime.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { jsonOption } from '../options.ts';
import { readInput } from '../read-input.ts';
import { printJson } from '../print-json.ts';
import { lintText } from '../text/lint-text.ts';

interface Options {
  runtime: string;
  strict?: boolean;
  json?: boolean;
}

export const lint: Command = {
  name: 'lint',
  summary: 'judge any WebAssembly module by the rules of a runtime on a microcontroller',
  register(command, run) {
    command
      .argument('<module>', 'WebAssembly binary, e.g. kernel.wasm')
      .requiredOption('-R, --runtime <id>', firmwareRuntimes.join(', '))
      .option('--strict', 'warnings count as errors');
    jsonOption(command);
    command.addHelpText(
      'after',
      [
        '',
        'Exit codes of lint: 0 no error (warnings and notes are shown), 1 a rule is broken (with --strict a warning too),',
        '2 no such file, no WebAssembly module, or no such runtime.',
        '',
        'Rules:',
        ...rules.map(({ name, reason }) => `  ${name}: ${reason}`),
      ].join('\n'),
    );
    command.action(
      run((output, path: string, options: Options) => {
        const runtime = firmwareRuntime(options.runtime);
        const wasm = readInput(path);
        const findings = lintModule(wasm, runtime);
        const count = (severity: string) => findings.filter((f) => f.severity === severity).length;
        const report: LintReport = {
          module: path,
          runtime,
          bytes: wasm.length,
          sha256: createHash('sha256').update(wasm).digest('hex'),
          errors: count('error'),
          warnings: count('warning'),
          notes: count('note'),
          findings,
        };
        if (options.json) printJson(output, report);
        else output.out(lintText(report));
        const broken = report.errors > 0 || (options.strict === true && report.warnings > 0);
        return broken ? exitCode.budgetViolated : exitCode.pass;
      }),
    );
  },
};

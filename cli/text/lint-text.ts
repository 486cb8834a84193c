import type { LintReport } from '../../generator/lint/lint-report.ts';
import { rules } from '../../generator/lint/registry.ts';
import { printable } from '../../report/text/printable.ts';

/** One line a finding, `file: severity at byte N: what. next [rule]`, then the total. */
export function lintText({ module, runtime, errors, warnings, notes, findings }: LintReport): string {
  const lines = findings.map(({ severity, offset, message, next, rule }) => {
    const place = offset === undefined ? '' : ` at byte ${offset}`;
    return printable(`${module}: ${severity}${place}: ${message} ${next} [${rule}]`);
  });
  const verdict = errors > 0 ? 'does not run' : 'runs';
  const total = [plural(errors, 'error'), plural(warnings, 'warning'), plural(notes, 'note')].join(', ');
  return `${[...lines, `${printable(module)} ${verdict} under ${runtime} as simulated: ${total} by ${rules.length} rules`].join('\n')}\n`;
}

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** Warns of numbers that carry the least knowledge: wide assumptions, placeholders, sources that name no document. */
import type { Board } from '../board.ts';
import { fieldPath, type Finding } from './finding.ts';
import { sourcedNumbers } from './sourced-walk.ts';

/** A range this many times wide decides verdicts: worth a measurement. */
const wideRatio = 10;

export function provenanceFindings(board: Board): Finding[] {
  const findings: Finding[] = [];
  for (const { path, number } of sourcedNumbers(board)) {
    const field = fieldPath(path);
    const warn = (problem: string, fix: string) =>
      findings.push({ severity: 'warning', rule: 'provenance', field, problem, fix });
    if (/placeholder|todo|tbd/i.test(number.source))
      warn('the source is a placeholder', 'Name where the number comes from.');
    if (number.kind !== 'assumed' && number.source.trim().length < 8) {
      warn(`"${number.source}" is hardly a source`, 'Name document, revision and table.');
    }
    const { low = number.value, high = number.value } = number;
    if (low > 0 && high / low >= wideRatio) {
      warn(`known only from ${low} to ${high} ${number.unit}`, 'Measure it: results carry the whole range.');
    }
  }
  return findings;
}

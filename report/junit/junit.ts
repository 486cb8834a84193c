/**
 * JUnit XML as continuous integration reads it: one suite a kernel, board and runtime, one case a check. An undecided
 * check counts as a failure of its own type: the build does not know whether the limit is kept. What was not judged is skipped. `time` is 0: the
 * figures are simulated, and equal runs give equal bytes.
 */
import { subjectOf, type CheckCase, type CheckReport } from '../check-report.ts';

export function junitXml(reports: readonly CheckReport[]): string {
  const cases = reports.flatMap((report) => report.cases);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'escapement check', ...counts(cases) })}>`,
    ...reports.flatMap(suite),
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

const counts = (cases: readonly CheckCase[]) => ({
  tests: cases.length,
  failures: cases.filter(({ verdict }) => verdict === 'fail' || verdict === 'undecided').length,
  errors: 0,
  skipped: cases.filter(({ verdict }) => verdict === 'not judged').length,
  time: 0,
});

function suite(report: CheckReport): string[] {
  const name = subjectOf(report);
  return [
    `  <testsuite${attributes({ name, ...counts(report.cases) })}>`,
    ...report.cases.flatMap((found) => testcase(found, name)),
    '  </testsuite>',
  ];
}

function testcase({ title, verdict, reason, place }: CheckCase, classname: string): string[] {
  const at: { [name: string]: string | number } = place ? { file: place.file, line: place.line } : {};
  const open = `    <testcase${attributes({ name: title, classname, time: 0, ...at })}`;
  if (verdict === 'pass') {
    return [`${open}>`, `      <system-out>${escaped(reason)}</system-out>`, '    </testcase>'];
  }
  if (verdict === 'not judged')
    return [`${open}>`, `      <skipped${attributes({ message: reason })}/>`, '    </testcase>'];
  return [
    `${open}>`,
    `      <failure${attributes({ message: reason, type: verdict })}>${escaped(reason)}</failure>`,
    '    </testcase>',
  ];
}

const attributes = (values: { [name: string]: string | number }): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');

/** XML 1.0 has no place for most control characters, not even as references. */
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const entities: { [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

const escaped = (text: string): string =>
  text.replace(forbidden, '?').replace(/[&<>"\n]/g, (character) => entities[character]!);

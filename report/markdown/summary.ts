/** A check as Markdown, for the step summary of GitHub Actions or a comment on a merge request. */
import { subjectOf, type CaseVerdict, type CheckCase, type CheckReport } from '../check-report.ts';
import { actualText, limitText } from '../view/closing/figures.ts';

const marks: Readonly<Record<CaseVerdict, string>> = {
  pass: '✅ pass',
  fail: '❌ fail',
  undecided: '❔ undecided',
  'not judged': '➖ not judged',
};

export function markdownSummary(report: CheckReport): string {
  const open = report.cases.filter(({ verdict }) => verdict !== 'pass');
  const lines = [
    `### ${marks[report.verdict]}: ${text(subjectOf(report))}`,
    '',
    '| check | actual | limit | verdict |',
    '| --- | ---: | ---: | --- |',
    ...report.cases.map((found) => `| ${row(found).map(text).join(' | ')} |`),
    '',
    ...open.map(({ reason }) => `- ${text(reason)}`),
    ...(open.length > 0 ? [''] : []),
    ...details('What the figures rest on', report.notes),
    `<sub>${text(report.tool)}; latency is cycle-approximate, bands are [low..high]</sub>`,
  ];
  return `${lines.join('\n')}\n`;
}

function row({ title, verdict, budget }: CheckCase): string[] {
  if (!budget) return [title, '', '', marks[verdict]];
  return [title, actualText(budget), limitText(budget), marks[verdict]];
}

const details = (title: string, items: readonly string[]): string[] =>
  items.length === 0
    ? []
    : [
        `<details><summary>${title}</summary>`,
        '',
        ...items.map((item) => `- ${text(item)}`),
        '',
        '</details>',
        '',
      ];

/** Nothing of a name or reason may act as Markdown or HTML. */
const text = (plain: string): string =>
  plain
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]|]/g, (character) => `\\${character}`)
    .replaceAll('<', '&lt;');

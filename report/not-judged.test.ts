/** What was not judged is neither a pass nor a failure, in every format. */
import { describe, expect, it } from 'vitest';
import { checkReport } from './check-report.ts';
import { checksCsv } from './csv/checks.ts';
import { annotations } from './github/annotations.ts';
import { junitXml } from './junit/junit.ts';
import { markdownSummary } from './markdown/summary.ts';
import { sarif } from './sarif/sarif.ts';
import { fixtureReport } from './testing/fixture.ts';
import { parseXml } from './testing/parse-xml.ts';

const [pulse] = fixtureReport().systems;
const result = pulse!.variants[0]!.results.find(({ verdict }) => verdict === 'pass')!;
const report = checkReport({
  tool: 'escapement 0.0.0',
  result,
  parity: { holds: null, sentence: 'Float parity: not judged, because.' },
  placeOf: () => undefined,
});

describe('parity that was not judged', () => {
  it('leaves the verdict to the budgets', () => {
    expect(report.verdict).toBe('pass');
    expect(report.cases.at(-1)).toMatchObject({ rule: 'float-parity', verdict: 'not judged' });
  });

  it('is skipped in JUnit', () => {
    const [suite] = parseXml(junitXml([report])).children;
    expect(suite!.attributes).toMatchObject({ failures: '0', skipped: '1' });
    const last = suite!.children.at(-1)!.children[0]!;
    expect(last.name).toBe('skipped');
    expect(last.attributes.message).toBe('Float parity: not judged, because.');
  });

  it('is not applicable in SARIF', () => {
    const log = JSON.parse(sarif([report])) as { runs: { results: object[] }[] };
    expect(log.runs[0]!.results).toMatchObject([
      { ruleId: 'float-parity', kind: 'notApplicable', level: 'none' },
    ]);
  });

  it('is a notice on GitHub, and says so in Markdown and CSV', () => {
    expect(annotations(report)).toEqual([expect.stringMatching(/^::notice .*not judged::/)]);
    expect(markdownSummary(report)).toContain('➖ not judged');
    expect(checksCsv([report])).toContain(',float-parity,not judged,');
  });
});

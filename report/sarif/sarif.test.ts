import { describe, expect, it } from 'vitest';
import { fixtureCheck } from '../testing/fixture-check.ts';
import { rules } from './rules.ts';
import { sarif } from './sarif.ts';

interface Log {
  version: string;
  runs: { tool: { driver: { rules: { id: string }[] } }; results: Result[] }[];
}
interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations?: object[];
  partialFingerprints: { [name: string]: string };
}
const read = (...reports: Parameters<typeof sarif>[0]) => JSON.parse(sarif(reports)) as Log;

describe('SARIF', () => {
  const log = read(fixtureCheck);
  const [run] = log.runs;

  it('has one result for each check that does not pass: error when broken, warning when undecided', () => {
    expect(log.version).toBe('2.1.0');
    expect(run!.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['latency', 'error'],
      ['average-power', 'warning'],
    ]);
    for (const { ruleId, ruleIndex } of run!.results)
      expect(run!.tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
    expect(rules.map(({ id }) => id)).toContain(fixtureCheck.cases[2]!.rule);
  });

  it('places a result at the line that sets the limit, as a URI', () => {
    expect(run!.results[0]!.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'my%20pipeline.json' },
          region: { startLine: 12, startColumn: 7 },
        },
      },
    ]);
    expect(run!.results[1]!.locations).toBeUndefined();
  });

  it('gives the finding of the next run the same fingerprint, and every other its own', () => {
    const print = (report: typeof fixtureCheck) =>
      read(report).runs[0]!.results.map((r) => r.partialFingerprints);
    const [first] = fixtureCheck.cases;
    const moved = { ...first!, reason: 'other figures', place: { file: 'a.json', line: 1, column: 1 } };
    expect(print({ ...fixtureCheck, cases: [moved] })[0]).toEqual(print(fixtureCheck)[0]);
    const all = [...print(fixtureCheck), ...print({ ...fixtureCheck, board: 'other' })];
    expect(new Set(all.map((p) => JSON.stringify(p))).size).toBe(4);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureCheck } from '../testing/fixture-check.ts';
import { fixtureReport } from '../testing/fixture.ts';
import { checksCsv } from './checks.ts';
import { csv } from './csv.ts';
import { resultsCsv } from './results.ts';

/** Reads RFC 4180. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe('CSV', () => {
  it('comes back as it went in, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 5 }), (rows) => {
        expect(parse(csv(['a', 'b'], rows))).toEqual([['a', 'b'], ...rows]);
      }),
    );
  });

  it('has one row a result and a value in every column that has one', () => {
    const results = fixtureReport().systems[0]!.variants[0]!.results;
    const [header, ...rows] = parse(resultsCsv(results));
    expect(rows).toHaveLength(results.length);
    const at = (name: string) => header!.indexOf(name);
    rows.forEach((row, index) => {
      expect(row).toHaveLength(header!.length);
      expect(row[at('board')]).toBe(results[index]!.board);
      expect(Number(row[at('averageMw')]) / results[index]!.power.averageMw.value).toBeCloseTo(1, 4);
      expect(row[at('eer')] === '').toBe(results[index]!.accuracy === null);
    });
  });

  it('has one row a check', () => {
    const rows = parse(checksCsv([fixtureCheck]));
    expect(rows.map((row) => [row[4], row[5], row[6], row[9]])).toEqual([
      ['check', 'verdict', 'actual', 'limit'],
      ['latency', 'fail', '750', '500'],
      ['average-power', 'undecided', '45', '45'],
      ['float-parity', 'pass', '', ''],
    ]);
    expect(rows[1]!.at(-1)).toBe(fixtureCheck.cases[0]!.reason);
  });
});

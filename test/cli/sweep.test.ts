/** Sweeps and their shards: rows against the schema, Parquet against JSON Lines, and the same bytes however they were run. */
import { Ajv } from 'ajv';
import { parquetReadObjects } from 'hyparquet';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SweepSummary } from '../../cli/sweep/summary.ts';
import { sweepColumns } from '../../report/sweep/columns.ts';
import type { SweepRow } from '../../report/sweep/row.ts';
import type { SimulationResult } from '../../sim/result.ts';
import { escapement } from './run.ts';

let root: string;
const at = (...path: string[]): string => join(root, ...path);
const bytes = (...path: string[]): Buffer => readFileSync(at(...path));
/** Two trained rates, one that the filter of the pipeline cannot do: three kernels, four configurations each. */
const asked = [
  'pulse',
  ...['--rates', '20,25,10'],
  ...['--board', 'we-be-class,sony-smartwatch-3'],
  ...['--runtime', 'wasm2c,wasm3'],
];
const sweep = (...more: string[]) => escapement('sweep', ...asked, ...more);
const rows = (): SweepRow[] =>
  bytes('one', 'results.jsonl')
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as SweepRow);

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'escapement-sweep-'));
  const run = await sweep('--out', at('one'), '--json', '--jobs', '2');
  expect(run.err).toBe('');
  const summary = JSON.parse(run.out) as SweepSummary;
  expect(validator('sweep-summary')(summary)).toBe(true);
  expect(summary).toMatchObject({ configurations: 12, kernels: 3, refused: 4 });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const validator = (name: string) => {
  const url = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
  return new Ajv().compile(JSON.parse(readFileSync(url, 'utf8')) as object);
};

describe('sweep', () => {
  it('writes one row a configuration, in the order of the request, by its schema', () => {
    const validate = validator('sweep');
    for (const row of rows()) expect(validate(row), JSON.stringify(validate.errors)).toBe(true);
    expect(rows().map(({ index }) => index)).toEqual([...Array(12).keys()]);
    expect(rows().map(({ rateHz, board, runtime }) => `${rateHz} ${board} ${runtime}`)).toEqual(
      [20, 25, 10].flatMap((rate) =>
        ['we-be-class', 'sony-smartwatch-3'].flatMap((board) =>
          ['wasm2c', 'wasm3'].map((runtime) => `${rate} ${board} ${runtime}`),
        ),
      ),
    );
    expect(Object.keys(rows()[0]!)).toEqual(sweepColumns.map(({ name }) => name));
  });

  it('gives the figures that simulate gives', async () => {
    const run = await escapement('simulate', 'pulse', '--rate', '20', '--json');
    const result = JSON.parse(run.out) as SimulationResult;
    const row = rows()[0]!;
    expect(row).toMatchObject({
      verdict: result.verdict,
      latencyMs: result.latencyMs.value,
      latencyMsHigh: result.latencyMs.high,
      averageMw: result.power.averageMw.value,
      utilization: result.utilization.value,
      ramBytes: result.memory.ramBytes,
      eer: result.accuracy!.fixed.eer,
    });
    expect(row.failed!.split(' ').filter(Boolean)).toEqual(
      result.checks.filter(({ verdict }) => verdict === 'fail').map(({ budget }) => budget),
    );
  });

  it('keeps a configuration that is refused as a row with the reason', () => {
    const refused = rows().filter((row) => row.refused !== null);
    expect(refused.map(({ rateHz }) => rateHz)).toEqual([10, 10, 10, 10]);
    expect(refused[0]!.refused).toMatch(/^ESC2\d\d /);
    expect(refused[0]).toMatchObject({ verdict: null, latencyMs: null, board: 'we-be-class' });
  });

  it('writes Parquet that another reader finds the same rows in', async () => {
    const file = bytes('one', 'results.parquet');
    const buffer = file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer;
    const read = await parquetReadObjects({ file: buffer });
    expect(read).toEqual(rows());
  });

  it('merges shards to the same bytes as one run, in any order', async () => {
    for (const shard of ['1/2', '2/2']) {
      const run = await sweep('--out', at(`shard-${shard[0]}`), '--shard', shard, '--jobs', '1');
      expect(run.code).toBe(0);
      expect(existsSync(at(`shard-${shard[0]}`, 'results.jsonl'))).toBe(false);
    }
    const run = await escapement('merge', at('shard-2'), at('shard-1'), '--out', at('merged'));
    expect(run.err).toBe('');
    for (const name of ['sweep.json', 'results.jsonl', 'results.parquet'])
      expect(bytes('merged', name).equals(bytes('one', name)), name).toBe(true);
  });

  it('goes on where it was broken off, and ends with the same bytes', async () => {
    cpSync(at('one'), at('broken'), { recursive: true });
    rmSync(at('broken', 'kernels', '0001.jsonl'));
    rmSync(at('broken', 'results.jsonl'));
    const kept = statSync(at('broken', 'kernels', '0000.jsonl')).mtimeMs;
    const run = await sweep('--out', at('broken'));
    expect(run.out).toContain('12 configurations of 3 kernels, 2 done before');
    expect(statSync(at('broken', 'kernels', '0000.jsonl')).mtimeMs).toBe(kept);
    expect(bytes('broken', 'results.jsonl').equals(bytes('one', 'results.jsonl'))).toBe(true);
  });
});

describe('refusals of sweeps', () => {
  const refuses = async (argv: string[], code: string, ...texts: string[]) => {
    const run = await escapement(...argv);
    expect(run.code).toBe(2);
    expect(run.out).toBe('');
    for (const text of [code, ...texts]) expect(run.err).toContain(text);
  };

  it('ESC520: a shard that is none', async () => {
    for (const text of ['0/2', '3/2', '1', 'a/b', '1/2/3'])
      await refuses(['sweep', ...asked, '--shard', text], 'ESC520', `"${text}"`, '--shard 2/8');
  });

  it('ESC521: a folder that holds another sweep, unless it may start over', async () => {
    cpSync(at('one'), at('taken'), { recursive: true });
    const other = ['sweep', 'pulse', '--rates', '10', '--runtime', 'wasm3', '--out', at('taken')];
    await refuses(other, 'ESC521', at('taken'), '--fresh');
    const run = await escapement(...other, '--fresh');
    expect(run.code).toBe(0);
    expect(existsSync(at('taken', 'kernels', '0001.jsonl'))).toBe(false);
  });

  it('ESC522: a folder to merge that is none of a sweep', async () => {
    await refuses(['merge', root, '--out', at('m')], 'ESC522', root, 'no sweep.json');
    writeFileSync(at('sweep.json'), '{}');
    await refuses(['merge', root, '--out', at('m')], 'ESC522', 'damaged');
    rmSync(at('sweep.json'));
  });

  it('ESC523: shards that are missing, by kernel', async () => {
    cpSync(at('one'), at('partial'), { recursive: true });
    rmSync(at('partial', 'kernels', '0002.jsonl'));
    await refuses(['merge', at('partial'), '--out', at('m')], 'ESC523', '1 of 3 kernels', 'missing: 2');
    expect(existsSync(at('m', 'results.jsonl'))).toBe(false);
  });

  it('ESC524: shards that contradict each other', async () => {
    cpSync(at('one'), at('changed'), { recursive: true });
    const file = at('changed', 'kernels', '0000.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"fits":true', '"fits":false'));
    await refuses(['merge', at('one'), at('changed'), '--out', at('m')], 'ESC524', file);
  });

  it('ESC525: rows that were cut off', async () => {
    cpSync(at('one'), at('cut'), { recursive: true });
    const file = at('cut', 'kernels', '0001.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -40));
    await refuses(['merge', at('cut'), '--out', at('m')], 'ESC525', file);
  });

  it('ESC526: a thing that is named twice', async () => {
    await refuses(['sweep', 'pulse', '--rates', '20,25,20'], 'ESC526', '--rates names 20 twice');
    await refuses(
      ['sweep', 'pulse', '--board', 'we-be-class,boards/we-be-class.json'],
      'ESC526',
      '--board names we-be-class twice',
    );
  });

  it('costs kernels of other widths: fewer bits take less room and never more than the next', async () => {
    const run = await escapement(
      ...['sweep', 'deepauth', '-m', 'rnn64', '--rates', '50', '--board', 'we-be-class'],
      ...[
        '--runtime',
        'wasm2c-unchecked',
        '--widths',
        '4,own,16',
        '--no-accuracy',
        '--jobs',
        '1',
        '--out',
        at('widths'),
      ],
    );
    expect(run.err).toBe('');
    const found = bytes('widths', 'results.jsonl')
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as SweepRow);
    expect(found.map(({ weights }) => weights)).toEqual(['4', 'own', '16']);
    const [narrow, own, wide] = found.map(({ flashBytes }) => flashBytes!);
    expect(narrow).toBeLessThan(own!);
    expect(own).toBeLessThan(wide!);
    // All models of deepauth have some 10,000 weights or more: half a byte each.
    expect(own! - narrow!).toBeGreaterThan(4000);
  });

  it('ESC519: bits that no kernel has', async () => {
    await refuses(['sweep', 'pulse', '--widths', '5'], 'ESC519', '"5"', 'own, 4, 8, 16');
  });

  it('ESC527 and ESC528: threads and shapes that are none', async () => {
    await refuses(['sweep', 'pulse', '--jobs', '0'], 'ESC527', '"0"');
    await refuses(['sweep', 'pulse', '--profiles', 'fast'], 'ESC528', '"fast"', 'fit, aot, interp');
  });

  it('ESC529: shards of different sweeps', async () => {
    const run = await escapement(
      'sweep',
      'pulse',
      '--rates',
      '10',
      '--runtime',
      'wasm3',
      '--out',
      at('other'),
    );
    expect(run.code).toBe(0);
    await refuses(['merge', at('one'), at('other'), '--out', at('m')], 'ESC529', at('one'), at('other'));
  });
});

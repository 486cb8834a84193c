/** `escapement boards`, `boards new` and `boards lint`: exit codes, refusals and text. */
import { Ajv } from 'ajv';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseJsonc } from '../../boards/check/jsonc.ts';
import { loadBoard } from '../../boards/load.ts';
import { ppk2File } from '../../report/ppk2/write.ts';
import { predictedMw } from '../../sim/power/fit-trace.ts';
import { escapement } from './run.ts';

let root: string;
let file: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'escapement-boards-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => {
  file = join(mkdtempSync(join(root, 'b-')), 'wrist-7.jsonc');
});

const start = () => escapement('boards', 'new', 'wrist-7', '--out', file);
function edit(from: string, to: string): number {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
  return text.slice(0, text.indexOf(from)).split('\n').length;
}

describe('escapement boards', () => {
  it('lists boards and runtimes, and shows every number of one board', async () => {
    const list = await escapement('boards');
    expect(list).toMatchObject({ code: 0, err: '' });
    expect(list.out).toMatch(/we-be-class .*nRF52840/);
    expect(list.out).toMatch(/wasm3/);
    const one = await escapement('boards', 'we-be-class');
    expect(one.out).toMatch(/baseline\.mw +36\.35 mW \[15\.9\.\.64\.8\] +model/);
    expect(one.out).toMatch(/cpu\.cores +1 +datasheet/);
    expect(one.out).toMatch(/cpu\.flashSlowdown +1\.03 \[1\.\.1\.2\] +model/);
    const json = await escapement('boards', 'we-be-class', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ id: 'we-be-class', cpu: { core: 'cortex-m4' } });
  });
});

describe('boards new', () => {
  it('writes a commented board that loads, and the schema that its first field points to', async () => {
    const run = await start();
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(loadBoard(file).id).toBe('wrist-7');
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^\/\/ /);
    const board = parseJsonc(text) as { $schema: string };
    const schema = JSON.parse(readFileSync(join(file, '..', board.$schema), 'utf8')) as object;
    const validate = new Ajv({ strict: false }).compile(schema);
    expect(validate(board)).toBe(true);
    expect(run.out).toContain(`escapement boards lint ${file}`);
  });

  it('ESC415 leaves an existing file alone unless told otherwise', async () => {
    writeFileSync(file, 'mine');
    const run = await start();
    expect(run.code).toBe(2);
    expect(run.err).toMatch(/ESC415 .*wrist-7\.jsonc exists already\. .*--force/);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect((await escapement('boards', 'new', 'wrist-7', '--out', file, '--force')).code).toBe(0);
  });

  it('ESC413, ESC414 refuse ids that cannot be', async () => {
    const bad = await escapement('boards', 'new', 'My Board', '--out', file);
    expect(bad).toMatchObject({ code: 2 });
    expect(bad.err).toMatch(/ESC413 "My Board" is not a board id\. Use lower case/);
    const taken = await escapement('boards', 'new', 'we-be-class', '--out', file);
    expect(taken.err).toMatch(/ESC414 .*comes with Escapement\. Choose another one, such as my-we-be-class/);
    expect(existsSync(file)).toBe(false);
  });
});

describe('boards lint', () => {
  it('passes the template with warnings, and fails it when warnings count', async () => {
    await start();
    const run = await escapement('boards', 'lint', file);
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/warning: baseline\.mw: known only from 0\.1 to 30 mW/);
    expect(run.out).toMatch(/^0 errors, \d+ warnings$/m);
    expect((await escapement('boards', 'lint', file, '--strict')).code).toBe(2);
  });

  it('names line and column of a wrong unit, a missing source and an unknown part', async () => {
    await start();
    const unit = edit('"value": 150, "unit": "mAh"', '"value": 150, "unit": "Ah"');
    const wrong = await escapement('boards', 'lint', file);
    expect(wrong.code).toBe(2);
    expect(wrong.out).toContain(`${file}:${unit}:`);
    expect(wrong.out).toMatch(/error: battery\.capacityMah\.unit: "Ah" is not allowed here\..*"mAh"/);

    await escapement('boards', 'new', 'wrist-7', '--out', file, '--force');
    const source = edit(', "source": "main supply"', '');
    const missing = await escapement('boards', 'lint', file);
    expect(missing.out).toContain(`${file}:${source}:`);
    expect(missing.out).toMatch(/error: rails\.vdd\.volts\.source: this field is missing\. Say where/);

    await escapement('boards', 'new', 'wrist-7', '--out', file, '--force');
    edit('"part": "max86141"', '"part": "max86142"');
    const part = await escapement('boards', 'lint', file);
    expect(part.out).toMatch(
      /error: sensors\.ppg\.part: there is no part "max86142"\. Did you mean "max86141"/,
    );
  });

  it('fails a rate that the board was asked for and cannot make; else it is a warning', async () => {
    const asked = await escapement('boards', 'lint', 'we-be-class', '--rates', '25,1024');
    expect(asked.code).toBe(2);
    expect(asked.out).toMatch(/error: sensors\.ppg: max86141 reaches 512 Hz at most .*below the 1024 Hz/);
    const usual = await escapement('boards', 'lint', 'we-be-class');
    expect(usual.code).toBe(0);
    expect(usual.out).toMatch(/warning: sensors\.ppg: 20 Hz is not a rate of max86141/);
  });

  it('prints findings as JSON', async () => {
    await start();
    const run = await escapement('boards', 'lint', file, '--json');
    const { errors, findings } = JSON.parse(run.out) as { errors: number; findings: object[] };
    expect(errors).toBe(0);
    expect(findings[0]).toMatchObject({
      severity: 'warning',
      line: expect.any(Number),
      column: expect.any(Number),
    });
  });

  it('ESC402, ESC403 refuse what is no board file', async () => {
    expect((await escapement('boards', 'lint', join(root, 'none.json'))).err).toMatch(/ESC402/);
    writeFileSync(file, '{ "id": }');
    const run = await escapement('boards', 'lint', file);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toMatch(/ESC403 .*line 1, column 9/);
  });
});

const refuses = async (...options: string[]) => {
  const run = await escapement('boards', 'fit', 'we-be-class', ...options);
  expect(run).toMatchObject({ code: 2, out: '' });
  return run.err;
};

describe('boards fit', () => {
  /** A steady current of a board with other constants, as a meter saves it. */
  function measurement(name: string, rateHz: number): string {
    const board = structuredClone(loadBoard('we-be-class'));
    board.baseline.mw.value = 24;
    board.sensors.ppg!.settings.ledCurrentMa.value = 40;
    const mw = predictedMw(board, {
      name,
      sensors: rateHz > 0 ? ['ppg'] : [],
      rateHz: rateHz || 1,
      measuredMw: { value: 1, low: 1, high: 1 },
    }).value;
    const currentUa = new Float32Array(5000).fill((mw / 3.7) * 1e3);
    const path = join(root, name);
    writeFileSync(path, ppk2File({ samplesPerSecond: 1000, currentUa, channels: new Uint16Array(5000) }));
    return path;
  }

  it('recovers baseline and LED current, and writes a board that predicts the measurements', async () => {
    const idle = measurement('idle.ppk2', 0);
    const [slow, fast] = [measurement('25.ppk2', 25), measurement('256.ppk2', 256)];
    const given = [
      '--idle',
      idle,
      '--sensing',
      `${slow}@25`,
      '--sensing',
      `${fast}@256`,
      '--meter-error',
      '2',
    ];
    const run = await escapement('boards', 'fit', 'we-be-class', ...given, '--out', file);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toMatch(/baseline\.mw +36\.4 mW \[15\.9\.\.64\.8\] +24\.0 mW \[23\.\d\.\.24\.\d\]/);
    const fitted = loadBoard(file);
    expect(fitted.id).toBe('we-be-class-fitted');
    expect(fitted.baseline.mw.value).toBeCloseTo(24, 2);
    expect(fitted.sensors.ppg!.settings.ledCurrentMa.value).toBeCloseTo(40, 1);
    expect(fitted.baseline.mw.source).toMatch(/^Fitted to .*idle\.ppk2 \(idle, 5 s, sha256 [0-9a-f]{12}\)/);
    expect((await escapement('boards', 'lint', file)).code).toBe(0);
  });

  it('reads the CSV of the app, prints JSON, and says when a fit is outside of what was assumed', async () => {
    const csv = join(root, 'idle.csv');
    writeFileSync(csv, 'Timestamp(ms),Current(uA)\n0,30000\n1,30000\n2,30000\n');
    const run = await escapement('boards', 'fit', 'we-be-class', '--idle', csv, '--json');
    const { constants } = JSON.parse(run.out) as {
      constants: { field: string; outside: boolean; after: object }[];
    };
    expect(constants).toHaveLength(1);
    // 30 mA at 3.7 V, less what sleeps.
    expect(constants[0]).toMatchObject({ field: 'baseline.mw', outside: true, after: { kind: 'measured' } });
    const text = await escapement('boards', 'fit', 'we-be-class', '--idle', csv);
    expect(text.out).toMatch(
      /! baseline\.mw lies outside of the range that was assumed \(15\.9 to 64\.8 mW\)/,
    );
  });

  it('ESC422, ESC423, ESC450, ESC455 refuse what is no measurement', async () => {
    expect(await refuses()).toMatch(/ESC423 .* Give --idle <file>/);
    expect(await refuses('--sensing', 'run.ppk2')).toMatch(/ESC422 "run\.ppk2" .*run\.ppk2@25/);
    expect(await refuses('--idle', join(root, 'none.ppk2'))).toMatch(/ESC455 .*there is no such file/);
    const bad = join(root, 'bad.csv');
    writeFileSync(bad, 'a,b\n1,2\n');
    expect(await refuses('--idle', bad)).toMatch(/ESC450/);
  });
});

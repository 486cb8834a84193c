/** Files that `simulate` and `check` write for other tools, from one real run each, read back. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCurrentTrace } from '../../report/ppk2/read.ts';
import { parseXml } from '../../report/testing/parse-xml.ts';
import type { SimulationResult } from '../../sim/result.ts';
import { escapement, type Run } from './run.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const json = <T>(name: string) => JSON.parse(readFileSync(at(name), 'utf8')) as T;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'escapement-outputs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('escapement simulate', () => {
  let run: Run;
  beforeAll(async () => {
    const traces = ['--trace', at('t.json'), '--vcd', at('t.vcd'), '--trace-seconds', '8'];
    const currents = ['--ppk2', at('t.ppk2'), '--ppk-csv', at('t.csv'), '--ppk-rate', '10000'];
    run = await escapement('simulate', 'pulse', '--json', ...traces, ...currents);
  });

  it('keeps standard output to the result and writes every file', () => {
    const { board, verdict } = JSON.parse(run.out) as SimulationResult;
    expect(board).toBe('we-be-class');
    expect(run.code).toBe({ pass: 0, fail: 1, undecided: 5 }[verdict]);
    for (const name of ['t.json', 't.vcd', 't.ppk2', 't.csv']) expect(existsSync(at(name))).toBe(true);
    expect(json<{ traceEvents: object[] }>('t.json').traceEvents.length).toBeGreaterThan(20);
    expect(readFileSync(at('t.vcd'), 'utf8')).toContain('$enddefinitions $end');
  });

  it('says with --why what to measure first', async () => {
    const why = await escapement('simulate', 'pulse', '--why');
    expect(why.out).toMatch(/average power .*\n.*share.*\n.*\n +\d+ % +baseline\.mw/);
    expect(why.out).toMatch(/measure first\n→ cycle model of wasm2c/);
    const asJson = JSON.parse(
      (await escapement('simulate', 'pulse', '--why', '--json')).out,
    ) as SimulationResult;
    expect(asJson.why!.averageMw[0]).toMatchObject({ input: 'baseline.mw', kind: 'model' });
    expect((JSON.parse(run.out) as SimulationResult).why).toBeUndefined();
  });

  it('writes a current whose mean is the average power over the battery voltage', () => {
    const { power } = JSON.parse(run.out) as SimulationResult;
    const ppk2 = readCurrentTrace(readFileSync(at('t.ppk2')), 't.ppk2');
    const csv = readCurrentTrace(readFileSync(at('t.csv')), 't.csv');
    expect(ppk2.currentUa).toHaveLength(80_000);
    expect(csv.currentUa).toHaveLength(80_000);
    const mean = ppk2.currentUa.reduce((sum, ua) => sum + ua, 0) / ppk2.currentUa.length;
    // Eight seconds hold two decisions, as the average does.
    expect((mean * 3.7) / 1e3 / power.averageMw.value).toBeCloseTo(1, 2);
  });

  it('ESC453, ESC454 refuse lengths that make no sense, and write nothing', async () => {
    const bad = await escapement('simulate', 'pulse', '--trace', at('x.json'), '--trace-seconds', '0');
    expect(bad).toMatchObject({ code: 2, out: '' });
    expect(bad.err).toMatch(/ESC453 --trace-seconds wants a number from 0\.1 to 86400, got "0"/);
    const long = await escapement('simulate', 'pulse', '--ppk2', at('x.ppk2'), '--trace-seconds', '3600');
    expect(long.err).toMatch(/ESC454 3600 s at 100000 samples a second .*--ppk-rate/);
    expect(existsSync(at('x.ppk2'))).toBe(false);
  });
});

describe('escapement check', () => {
  it('writes JUnit, SARIF, CSV and a summary, and annotates', async () => {
    const steps = at('steps.md');
    writeFileSync(steps, 'before\n');
    process.env.GITHUB_STEP_SUMMARY = steps;
    const files = [
      '--junit',
      at('j.xml'),
      '--sarif',
      at('s.sarif'),
      '--csv',
      at('c.csv'),
      '--summary',
      at('s.md'),
    ];
    const run = await escapement('check', 'pulse', '--github', ...files);
    delete process.env.GITHUB_STEP_SUMMARY;
    // Whether the limit is broken or may be is the cycle model's business; the command follows it.
    const [command, verdict] = run.code === 1 ? ['error', 'fail'] : ['warning', 'undecided'];
    expect([1, 5]).toContain(run.code);
    expect(run.out).toMatch(
      new RegExp(
        `^::${command} file=examples/pulse/pipeline\\.json,line=\\d+,col=\\d+,title=latency%3A ${verdict}::pulse/25hz`,
        'm',
      ),
    );
    expect(parseXml(readFileSync(at('j.xml'), 'utf8')).attributes).toMatchObject({ errors: '0' });
    const line = Number(/line=(\d+)/.exec(run.out)![1]);
    const pipeline = readFileSync(new URL('../../examples/pulse/pipeline.json', import.meta.url), 'utf8');
    expect(pipeline.split('\n')[line - 1]).toContain('"latencyMs"');
    expect(json<{ runs: { results: { ruleId: string }[] }[] }>('s.sarif').runs[0]!.results[0]!.ruleId).toBe(
      'latency',
    );
    expect(readFileSync(at('c.csv'), 'utf8')).toMatch(
      /^kernel,board,.*\r\npulse\/25hz,we-be-class,wasm2c,25,latency/,
    );
    expect(readFileSync(steps, 'utf8')).toBe(`before\n${readFileSync(at('s.md'), 'utf8')}`);
  });

  it('keeps annotations out of JSON', async () => {
    const run = await escapement('check', 'pulse', '--github', '--json');
    expect((JSON.parse(run.out) as { exitCode: number }).exitCode).toBe(run.code);
    expect(run.err).toMatch(/^::(error|warning) /);
  });
});

describe('escapement simulate --faults', () => {
  const faults = (content: object) => {
    writeFileSync(at('faults.json'), JSON.stringify(content));
    return at('faults.json');
  };

  it('shows the effect on decisions, latency and energy', async () => {
    const file = faults({ seed: 1, seconds: 40, faults: [{ kind: 'brown-out', atS: 13, downS: 1 }] });
    const run = await escapement('simulate', 'pulse', '--faults', file);
    expect(run.out).toMatch(/40\.0 s with brown-out \(seed 1\)/);
    expect(run.out).toMatch(/longest time without a decision +4\.00 s +\d\.\d\d s/);
    expect(run.out).toMatch(/Kernel: no trap, every answer is a decision or a status/);
    const report = (
      JSON.parse((await escapement('simulate', 'pulse', '--faults', file, '--json')).out) as SimulationResult
    ).faults!;
    expect(report.kernel).toEqual({ trap: null, invalid: 0, changedUnmarked: 0, decidedAfterReset: 0 });
    expect(report.faulted.decisions).toBeLessThan(report.clean.decisions);
  });

  it('ESC424, ESC425 refuse what is no fault file', async () => {
    const none = await escapement('simulate', 'pulse', '--faults', at('none.json'));
    expect(none).toMatchObject({ code: 2, out: '' });
    expect(none.err).toMatch(/ESC424/);
    const bad = faults({ seed: 1, seconds: 40, faults: [{ kind: 'flood' }] });
    expect((await escapement('simulate', 'pulse', '--faults', bad)).err).toMatch(
      /ESC425 .*faults\[0\]\.kind: "flood"/,
    );
  });
});

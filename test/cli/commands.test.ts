/** Every command on a shipped example: what it prints, its JSON against the published schemas, its exit code. */
import { Ajv } from 'ajv';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult } from '../../cli/results/check.ts';
import type { KernelManifest } from '../../kernel/manifest.ts';
import type { SimulationResult } from '../../sim/result.ts';
import { commands } from '../../cli/registry.ts';
import { escapement } from './run.ts';

let out: string;
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'escapement-'));
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

const schema = (name: string) =>
  new Ajv().compile(
    JSON.parse(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8')) as object,
  );

function expectValid(name: string, value: unknown): void {
  const validate = schema(name);
  expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
}

describe('compile', () => {
  it('writes source, module and manifest, byte for byte the same each time', async () => {
    const run = await escapement('compile', 'pulse', '--rate', '20', '--out', out, '--json');
    expect(run.err).toBe('');
    expect(run.code).toBe(0);
    const { files } = JSON.parse(run.out) as { files: string[] };
    const first = files.map((file) => readFileSync(file));
    expect(files.map((f) => f.split('/').at(-1))).toEqual(['kernel.ts', 'kernel.wasm', 'kernel.json']);
    await escapement('compile', 'pulse', '--rate', '20', '--out', out);
    expect(files.map((file) => readFileSync(file))).toEqual(first);
    const manifest = JSON.parse(first[2].toString()) as KernelManifest;
    expectValid('manifest', manifest);
    expect(manifest.steps).toBe(80);
    expect(WebAssembly.Module.imports(new WebAssembly.Module(first[1]))).toEqual([]);
    expect(existsSync(`${files[1]}.draft`)).toBe(false);
  });
});

describe('simulate', () => {
  it('prints a result that follows its schema and adds up', async () => {
    const run = await escapement('simulate', 'pulse', '--rate', '20', '--json', '--runtime', 'wasm3');
    const result = JSON.parse(run.out) as SimulationResult;
    expectValid('simulation', result);
    expect(result).toMatchObject({ board: 'we-be-class', runtime: 'wasm3', rateHz: 20, verdict: 'fail' });
    expect(run.code).toBe(1);
    const { latencyMs, power, cyclesPerInference, clockMhz } = result;
    expect(latencyMs.low).toBeLessThan(latencyMs.value);
    expect(latencyMs.value).toBeLessThan(latencyMs.high);
    const kernel = result.latencyParts.find(({ name }) => name === 'kernel')!;
    expect(kernel.ms).toBeCloseTo(cyclesPerInference / clockMhz / 1000, 0);
    const path = result.latencyParts.reduce((total, part) => total + part.ms, 0);
    expect(path / latencyMs.value).toBeCloseTo(1, 4);
    const parts = power.parts.reduce((total, part) => total + part.mw, 0);
    expect(parts / power.averageMw.value).toBeCloseTo(1, 4);
    const sensors = power.parts.filter((p) => p.sensor).reduce((total, part) => total + part.mw, 0);
    expect(sensors / power.sensorMw).toBeCloseTo(1, 4);
  });

  it('fails a CPU that more is asked of than there is time for', async () => {
    const run = await escapement('simulate', 'pulse', '--rate', '50', '--json', '--runtime', 'wamr-classic');
    const { checks, utilization, verdict } = JSON.parse(run.out) as SimulationResult;
    const throughput = checks.find(({ budget }) => budget === 'throughput')!;
    expect(utilization.low).toBeGreaterThan(1);
    expect(throughput).toMatchObject({ verdict: 'fail', limit: 1, actual: utilization });
    expect(throughput.reason).toContain('cannot keep up');
    expect(verdict).toBe('fail');
  });

  it('costs a rate without a trained model, without accuracy, and says so', async () => {
    const run = await escapement('simulate', 'pulse', '--rate', '128', '--json');
    const result = JSON.parse(run.out) as SimulationResult;
    expect(result.accuracy).toBeNull();
    expect(result.trainedForRate).toBe(false);
    expect(result.notes.join(' ')).toMatch(/No model was trained for 128 Hz/);
  });

  it('fails a PPG pipeline on a watch without a PPG sensor, with the reason', async () => {
    const run = await escapement('simulate', 'pulse', '--rate', '20', '--board', 'sony-smartwatch-3');
    expect(run.code).toBe(1);
    expect(run.out).toMatch(/no PPG sensor/);
  });

  it('prints the same bytes twice', async () => {
    const once = () => escapement('simulate', 'pulse', '--rate', '20', '--json');
    expect((await once()).out).toBe((await once()).out);
  });
});

describe('verify', () => {
  it('agrees with the float model on the shipped windows', async () => {
    const run = await escapement('verify', 'pulse', '--rate', '20', '--json');
    expect(run.code).toBe(0);
    const result = JSON.parse(run.out) as Record<string, unknown>;
    expectValid('verify', result);
    expect(result.agreement).toBeGreaterThanOrEqual(0.98);
  });

  it('ends with 4 when more agreement is asked than there is', async () => {
    const run = await escapement('verify', 'pulse', '--rate', '20', '--min-agreement', '100');
    expect(run.out).toMatch(/fail: Float parity/);
    expect(run.code).toBe(4);
  });
});

describe('check', () => {
  it('judges no parity at a rate that no model was trained for, and says so', async () => {
    const run = await escapement('check', 'pulse', '--rate', '50', '--json');
    const found = JSON.parse(run.out) as CheckResult;
    expectValid('check', found);
    expect(found).toMatchObject({ parity: null, accuracy: null });
    const plain = await escapement('check', 'pulse', '--rate', '50');
    expect(plain.out).toMatch(/^none +Float parity: not judged/m);
  });

  it('prints one line a budget and ends with the code of the verdict', async () => {
    const run = await escapement('check', 'pulse', '--rate', '20', '--runtime', 'wasm3');
    expect(run.code).toBe(1);
    expect(run.out).toMatch(/^fail +Latency of/m);
    expect(run.out).toMatch(/^pass +Float parity/m);
  });
});

describe('compare', () => {
  it('takes a model that is named by its id as it is, at every rate', async () => {
    const asked = ['--rates', '20,25', '--board', 'we-be-class', '--runtime', 'wasm2c'];
    const run = await escapement('compare', 'pulse', '-m', '25hz', ...asked, '--json');
    const { systems } = JSON.parse(run.out) as {
      systems: { variants: { id: string; results: SimulationResult[] }[] }[];
    };
    expect(systems[0].variants.map(({ id }) => id)).toEqual(['25hz']);
    expect(systems[0].variants[0].results.map(({ kernel }) => kernel)).toEqual([
      'pulse/25hz@20hz',
      'pulse/25hz',
    ]);
  });

  it('refuses what is named twice and a path that cannot be written, before it works', async () => {
    const twice = await escapement('compare', 'pulse', '--rates', '20,20');
    expect(twice).toMatchObject({ code: 2, out: '' });
    expect(twice.err).toMatch(/ESC526 --rates names 20 twice/);
    const boards = await escapement('compare', 'pulse', '--board', 'we-be-class,we-be-class');
    expect(boards.err).toMatch(/ESC526 --board names we-be-class twice/);
    for (const file of [out, join(import.meta.dirname, 'run.ts', 'x', 'r.html')]) {
      const run = await escapement('compare', 'pulse', '--html', file);
      expect(run).toMatchObject({ code: 2, out: '' });
      expect(run.err).toMatch(/ESC606 Cannot write/);
    }
  });

  it('covers the asked rates, boards and runtimes', async () => {
    const run = await escapement('compare', 'pulse', '--rates', '20', '--runtime', 'wasm3,wasm2c', '--json');
    const report = JSON.parse(run.out) as { systems: { variants: { results: SimulationResult[] }[] }[] };
    expectValid('report', report);
    expect(report.systems[0].variants[0].results).toHaveLength(5 * 2);
  });
});

describe('inspect', () => {
  it('shows layers, overflow proofs and table errors', async () => {
    const run = await escapement('inspect', 'pulse', '--rate', '20');
    expect(run.out).toMatch(/lstm.*80 x 1 .*80 x 128/);
    expect(run.out).toMatch(/worst case/);
    expect(run.out).toMatch(/tanh .*e-5/);
  });
});

describe('every command', () => {
  it.each(commands.map((c) => c.name))('%s --help says what it does and how it ends', async (name) => {
    const run = await escapement(name, '--help');
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/Exit codes: 0 pass/);
  });
});

/** `escapement time` on a kernel of our own: layers and source lines, and the caches of a watch. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ModuleTiming } from '../../sim/time-module.ts';
import { escapement } from './run.ts';

let out: string;
let folder: string;
beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'escapement-'));
  await escapement('compile', 'typing102', '--out', out);
  folder = join(out, 'typing102', 'mlp-100hz');
}, 120_000);
afterAll(() => rmSync(out, { recursive: true, force: true }));

it('shows layers and source lines of kernel.ts', { timeout: 120_000 }, async () => {
  const path = join(folder, 'kernel.wasm');
  const run = await escapement('time', path, '-e', 'model', '-b', 'samsung-gear-live', '--json');
  expect(run.err).toBe('');
  const timing = JSON.parse(run.out) as ModuleTiming & { dataStallCycles: { value: number } };
  const manifest = JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8')) as {
    stages: { title: string }[];
  };
  const titles = manifest.stages.map((s) => s.title);
  const layers = timing.layers!.filter((l) => l.stage !== 'around');
  expect(layers.length).toBeGreaterThan(1);
  for (const { title } of layers) expect(titles).toContain(title);
  const total = timing.layers!.reduce((sum, l) => sum + l.cycles.value, 0);
  // JSON keeps six digits of each figure.
  expect(Math.abs(total / timing.cycles.value - 1)).toBeLessThan(1e-5);
  expect(timing.lines!.length).toBeGreaterThan(5);
  const source = readFileSync(join(folder, 'kernel.ts'), 'utf8').split('\n').length;
  for (const { file, line } of timing.lines!.filter((l) => l.file === 'kernel.ts')) {
    expect(file).toBe('kernel.ts');
    expect(line).toBeLessThanOrEqual(source);
  }
  expect(timing.dataStallCycles.value).toBeGreaterThan(0);
});

it('says why when kernel.ts is not what the module was made of', { timeout: 120_000 }, async () => {
  const path = join(folder, 'kernel.wasm');
  writeFileSync(join(folder, 'kernel.ts'), 'export function model(): void {}\n');
  const run = await escapement('time', path, '-e', 'model');
  expect(run.out).toContain('no source lines');
  expect(run.out).toContain('layer');
});

it('places accesses by the kernel.json beside the module, and says what it proved', async () => {
  const path = join(folder, 'kernel.wasm');
  const time = (runtime: string) => escapement('time', path, '-e', 'model', '--runtime', runtime, '--json');
  const runs = await Promise.all(['wasm2c', 'wasm2c-firmware'].map(time));
  const [checked, firmware] = runs.map(({ out }) => JSON.parse(out) as ModuleTiming);
  expect(firmware!.cycles.value).toBeLessThan(checked!.cycles.value);
  const said = firmware!.notes.find((note) => note.startsWith('Accesses proved'))!;
  expect(said).toMatch(/: \d+ of \d+\. Constants are read from flash\.$/);
  const alone = join(out, 'alone.wasm');
  writeFileSync(alone, readFileSync(path));
  const other = await escapement('time', alone, '-e', 'model', '--runtime', 'wasm2c-firmware');
  expect(other.out.replace(/\s+/g, ' ')).toContain('No kernel.json beside the module');
});

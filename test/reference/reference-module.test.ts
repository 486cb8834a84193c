/** `npm run reference:module`: a module of one's own, where the packages are installed; what it refuses, anywhere. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ReferenceRecord } from './tools/measure.ts';
import { missingPackages } from './tools/packages.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const { records } = JSON.parse(readFileSync(path('measured.json'), 'utf8')) as { records: ReferenceRecord[] };
const missing = missingPackages();

function command(tool: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(
    process.execPath,
    ['--import', path('../../bin/register.mjs'), path(`tools/${tool}.ts`), ...args],
    {
      encoding: 'utf8',
      cwd: path('../..'),
    },
  );
}

describe('reference:module', () => {
  it.skipIf(missing.length > 0)(
    `takes what was measured of two more iterations${missing.length ? ` (skipped: no ${missing.join(', ')})` : ''}`,
    { timeout: 120_000 },
    () => {
      const measured = (count: number) => {
        const args = [path('kernels/movavg.wasm'), '--entry=run', `--args=${count}`, '--json'];
        return JSON.parse(command('reference-module', ...args).stdout) as {
          core: string;
          runtime: string;
          instructions: number;
        }[];
      };
      const [one, three] = [measured(1), measured(3)];
      expect(one).toHaveLength(8);
      one.forEach(({ core, runtime, instructions }, i) => {
        const iteration = records.find(
          (r) => r.kernel === 'movavg' && r.core === core && r.runtime === runtime,
        )!;
        expect((three[i]!.instructions - instructions) / 2).toBe(iteration.instructions);
      });
    },
  );

  it.each([
    [['kernels/movavg.wasm'], 'Usage: npm run reference:module'],
    [['kernels/movavg.wasm', '--entry=rum'], 'ESC506'],
    [['kernels/movavg.wasm', '--entry=run', '--args=x'], 'ESC610'],
    [['kernels/none.wasm', '--entry=run'], 'ESC609'],
    [['kernels/movavg.wasm', '--entry=run', '--arg=1'], "Unknown option '--arg'"],
  ])('refuses %s in one line', ([module, ...args], message) => {
    const { status, stderr } = command('reference-module', path(module!), ...args);
    expect([status, stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(stderr).toContain(message);
  });
});

describe('reference', () => {
  it.each([
    ['--chek', "Unknown option '--chek'"],
    ['movavgg', 'no kernel "movavgg". Did you mean movavg?'],
  ])('refuses %s before it measures or writes', (word, message) => {
    const { status, stderr } = command('reference', word);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});

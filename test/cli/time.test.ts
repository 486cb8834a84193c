/** `escapement time` on modules that are not ours: exact operator counts, and refusals. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModuleTiming } from '../../sim/time-module.ts';
import { sharedOrSkip } from '../data/shared.ts';
import { escapement } from './run.ts';

/**
 * (func (export "run") (param $n i32) (result i32) (local $sum i32)
 *   (loop (local.set $sum (i32.add (local.get $sum) (local.get $n)))
 *         (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
 *   (local.get $sum))
 */
const module = Uint8Array.of(
  ...[
    0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f, 3, 2, 1, 0, 7, 7, 1, 3, 114, 117, 110, 0, 0,
  ],
  ...[
    10, 27, 1, 25, 1, 1, 0x7f, 3, 0x40, 0x20, 1, 0x20, 0, 0x6a, 0x21, 1, 0x20, 0, 0x41, 1, 0x6b, 0x22, 0,
    0x0d, 0,
  ],
  ...[0x0b, 0x20, 1, 0x0b],
);

let folder: string;
let path: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'escapement-'));
  path = join(folder, 'sum.wasm');
  writeFileSync(path, module);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('time', () => {
  it('counts operators exactly and names the hottest loop', async () => {
    const run = await escapement('time', path, '--entry', 'run', '--args', '100', '--json');
    expect(run.err).toBe('');
    const timing = JSON.parse(run.out) as ModuleTiming & { board: string; runtime: string };
    expect(timing).toMatchObject({
      board: 'we-be-class',
      runtime: 'wasm2c',
      wasmOps: 9 * 100 + 1,
      result: '5050',
    });
    expect(timing.loops).toMatchObject([{ function: 'run', iterations: 100, wasmOps: 900 }]);
    expect(timing.cycles.low).toBeLessThanOrEqual(timing.cycles.value);
    expect(timing.cycles.value).toBeGreaterThan(100);
  });

  it.each([
    'wasm3',
    'wamr-classic',
    'wamr-fast',
    'wasm2c',
    'wasm2c-unchecked',
    'wasm2c-firmware',
    'wamr-aot',
  ])('prices the call under %s on every board', async (runtime) => {
    for (const board of ['we-be-class', 'moto-360-sport', 'moto-360-1st-gen']) {
      const run = await escapement(
        'time',
        path,
        '-e',
        'run',
        '-a',
        '10',
        '--board',
        board,
        '--runtime',
        runtime,
      );
      expect(run.code).toBe(0);
      expect(run.out).toMatch(/cycles.*91 wasm operators; result 55/);
    }
  });

  it('refuses an unknown entry, wrong arguments, a missing file and what is no module', async () => {
    const refused = async (...argv: string[]) => {
      const run = await escapement('time', ...argv);
      expect(run.code).toBe(2);
      expect(run.err.trimEnd().split('\n')).toHaveLength(1);
      return run.err;
    };
    expect(await refused(path, '--entry', 'go')).toMatch(/ESC506.*run/);
    expect(await refused(path, '--entry', 'run')).toMatch(/ESC511.*i32/);
    expect(await refused(path, '--entry', 'run', '--args', 'many')).toMatch(/ESC610/);
    expect(await refused(join(folder, 'none.wasm'), '--entry', 'run')).toMatch(/ESC609/);
    writeFileSync(join(folder, 'text.wasm'), '(module)');
    expect(await refused(join(folder, 'text.wasm'), '--entry', 'run')).toMatch(/ESC501/);
  });

  it('shows a name of the module without its control characters, and no table without rows', async () => {
    const odd = join(folder, 'odd.wasm');
    // (func (export "a\n\u001b[31m"))
    writeFileSync(
      odd,
      Uint8Array.of(
        ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0],
        ...[7, 11, 1, 7, 97, 10, 27, 91, 51, 49, 109, 0, 0, 10, 4, 1, 2, 0, 0x0b],
      ),
    );
    const run = await escapement('time', odd, '-e', 'a\n\u001b[31m');
    expect(run.out).toContain('a <1b>[31m');
    expect(run.out).not.toContain('\u001b');
    expect(run.out).not.toContain('loop in');
  });

  it('reads arguments as the entry takes them, and stops a call that goes on', async () => {
    const refused = async (...argv: string[]) => {
      const run = await escapement('time', path, '--entry', 'run', ...argv);
      expect([run.code, run.out]).toEqual([2, '']);
      expect(run.err.trimEnd().split('\n')).toHaveLength(1);
      return run.err;
    };
    const hexadecimal = await escapement('time', path, '-e', 'run', '-a', '0x10', '--json');
    expect(JSON.parse(hexadecimal.out)).toMatchObject({ args: [16], result: '136', wasmOps: 9 * 16 + 1 });
    expect(await refused('--args', '1.5')).toMatch(/ESC426 Argument 1 of "run" is an i32/);
    expect(await refused('--args', '4294967296')).toMatch(/ESC426/);
    // From -1 the loop counts down through all 32 bits.
    expect(await refused('--args', '-1', '--fuel', '5000')).toMatch(/ESC427 .* 5000 .*--fuel/);
    expect(await refused('--args', '1', '--fuel', '0')).toMatch(/ESC309/);
  });

  it('agrees with the operator counts of the reference kernels', async (context) => {
    const root = sharedOrSkip(context, 'arm-truth');
    const truth = JSON.parse(readFileSync(join(root, 'truth.json'), 'utf8')) as {
      records: { kernel: string; wasm_ops: number }[];
    };
    const ops = async (file: string, n: number) => {
      const run = await escapement('time', file, '--entry', 'run', '--args', String(n), '--json');
      return (JSON.parse(run.out) as ModuleTiming).wasmOps;
    };
    for (const kernel of new Set(truth.records.map((r) => r.kernel))) {
      const file = join(root, 'kernels', `${kernel}.wasm`);
      if (!existsSync(file)) continue;
      const expected = truth.records.find((r) => r.kernel === kernel)!.wasm_ops;
      expect(((await ops(file, 3)) - (await ops(file, 1))) / 2).toBeCloseTo(expected, 6);
    }
  });
});

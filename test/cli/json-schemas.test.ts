/** JSON of commands against its published schema, where no other test does it. */
import { Ajv } from 'ajv';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { CompileResult } from '../../cli/results/compile.ts';
import { escapement } from './run.ts';

const out = mkdtempSync(join(tmpdir(), 'escapement-json-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

function expectValid(name: string, value: unknown): void {
  const url = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
  const validate = new Ajv({ allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(url, 'utf8')) as object,
  );
  expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
}

it('boards: every board as composed from its parts', async () => {
  const run = await escapement('boards', '--json');
  const boards = JSON.parse(run.out) as object[];
  expect(boards.length).toBeGreaterThan(4);
  for (const board of boards) expectValid('composed-board', board);
  const one = await escapement('boards', 'we-be-class', '--json');
  expectValid('composed-board', JSON.parse(one.out));
});

it('compile: files, size and manifest', async () => {
  const run = await escapement('compile', 'pulse', '--rate', '20', '--out', out, '--json');
  expectValid('compile', JSON.parse(run.out));
});

it('inspect: layers, stages, proofs and the memory plan', async () => {
  const run = await escapement('inspect', 'deepauth', '--model', 'sub128', '--json');
  expectValid('inspect', JSON.parse(run.out));
});

it('time: any module, with arguments that JSON has no number for, and one of our kernels with layers and lines', async () => {
  const path = join(out, 'floats.wasm');
  // (func (export "run") (param f64 i64))
  writeFileSync(
    path,
    Uint8Array.of(
      ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 0x60, 2, 0x7c, 0x7e, 0, 3, 2, 1, 0],
      ...[7, 7, 1, 3, 114, 117, 110, 0, 0, 10, 4, 1, 2, 0, 0x0b],
    ),
  );
  const run = await escapement('time', path, '-e', 'run', '--args', 'nan,-9223372036854775808', '--json');
  expect(run.err).toBe('');
  const timing = JSON.parse(run.out) as object;
  expectValid('time', timing);
  expect(timing).toMatchObject({ args: ['NaN', '-9223372036854775808'], wasmOps: 0 });

  const compiled = await escapement('compile', 'typing102', '--out', out, '--json');
  const kernel = (JSON.parse(compiled.out) as CompileResult).files.find((f) => f.endsWith('.wasm'))!;
  const own = await escapement(
    'time',
    kernel,
    '-e',
    'infer',
    '-b',
    'moto-360-sport',
    '-R',
    'wasm3',
    '--json',
  );
  expectValid('time', JSON.parse(own.out));
  expect(JSON.parse(own.out)).toHaveProperty('layers.0.title');
});

/** JSON of commands against its published schema, where no other test does it. */
import { Ajv } from 'ajv';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { escapement } from './run.ts';

const out = mkdtempSync(join(tmpdir(), 'escapement-json-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

function expectValid(name: string, value: unknown): void {
  const url = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
  const validate = new Ajv().compile(JSON.parse(readFileSync(url, 'utf8')) as object);
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

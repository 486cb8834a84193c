import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { program } from '../../bin/program.mjs';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'escapement-program-'));
  folder = join(root, 'kept');
  mkdirSync(join(root, 'part'));
  writeFileSync(
    join(root, 'main.ts'),
    "import data from './data.json' with { type: 'json' };\nimport { part, place } from './part/part.ts';\nexport const answer: string = `${part} ${data.value}`;\nexport { place };\n",
  );
  writeFileSync(
    join(root, 'part/part.ts'),
    "export const part = 'one' as const;\nexport const place = import.meta.url;\n",
  );
  writeFileSync(join(root, 'data.json'), '{ "value": 1 }');
});
afterEach(() => rmSync(root, { recursive: true }));

let imports = 0;
const made = async (at = root): Promise<{ answer: string; place: string }> =>
  import(/* @vite-ignore */ `${await program(at, 'main.ts', folder)}?${(imports += 1)}`);
const entry = () => join(folder, 'main-ts.mjs');

describe('the command line as one module', () => {
  it('does what its sources do, and they know their place', async () => {
    const { answer, place } = await made();
    expect(answer).toBe('one 1');
    expect(place).toBe(pathToFileURL(join(root, 'part/part.ts')).href);
  });

  it('is kept: a second start writes nothing', async () => {
    await made();
    const before = statSync(entry()).ino;
    await made();
    expect(statSync(entry()).ino).toBe(before);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('is whole for threads that make it at the same time', async () => {
    writeFileSync(join(root, 'data.json'), JSON.stringify({ value: 1, more: 'x'.repeat(500_000) }));
    const maker = new URL('../../bin/program.mjs', import.meta.url).href;
    const script = `import('${maker}')
      .then(({ program }) => program(${JSON.stringify(root)}, 'main.ts', ${JSON.stringify(folder)}))
      .then((url) => import(url))
      .then(({ answer }) => require('node:worker_threads').parentPort.postMessage(answer ?? 'cut short'))`;
    const answers = Array.from({ length: 6 }, () => {
      const worker = new Worker(script, { eval: true, execArgv: [] });
      return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    });
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['one 1']));
  });

  it.each([
    [
      'a source',
      () =>
        writeFileSync(join(root, 'part/part.ts'), "export const part = 'two';\nexport const place = '';\n"),
      'two 1',
    ],
    ['a file of data', () => writeFileSync(join(root, 'data.json'), '{ "value": 2 }'), 'one 2'],
  ])('is made anew after a change of %s', async (_, change, expected) => {
    await made();
    change();
    expect((await made()).answer).toBe(expected);
  });

  it.each([
    ['cut short', (text: Buffer) => text.subarray(0, text.length - 40)],
    ['cut to nothing', () => Buffer.alloc(0)],
    ['cut in the code', (text: Buffer) => text.subarray(0, 100)],
    ['with a wrong byte', (text: Buffer) => Buffer.concat([Buffer.from('!'), text.subarray(1)])],
  ])('is made anew when the entry is %s', async (_, damage) => {
    await made();
    const good = readFileSync(entry());
    writeFileSync(entry(), damage(good));
    expect((await made()).answer).toBe('one 1');
    expect(readFileSync(entry()).equals(good)).toBe(true);
  });

  it('is not taken for the program of a copy elsewhere', async () => {
    await made();
    const copy = join(root, 'copy');
    mkdirSync(join(copy, 'part'), { recursive: true });
    for (const file of ['main.ts', 'part/part.ts', 'data.json'])
      copyFileSync(join(root, file), join(copy, file));
    expect((await made(copy)).place).toBe(pathToFileURL(join(copy, 'part/part.ts')).href);
  });

  it('refuses a source that does not compile, and leaves nothing behind', async () => {
    writeFileSync(join(root, 'main.ts'), 'export const = 1;');
    await expect(program(root, 'main.ts', folder)).rejects.toThrow('Build failed');
    expect(readdirSync(folder)).toEqual([]);
  });
});

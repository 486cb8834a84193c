/**
 * Compiled code by content: the key is a hash over the source, the AssemblyScript library, the options and the
 * compiler's version, so an entry is never stale. Losing the folder costs time and nothing else.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = new URL('../../', import.meta.url);
let environment: Promise<string> | undefined;

export async function cached(
  folder: string | undefined,
  source: string,
  compile: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  if (folder === undefined) return compile();
  environment ??= hashEnvironment();
  const key = createHash('sha256')
    .update(await environment)
    .update(source)
    .digest('hex');
  const path = join(folder, `${key}.wasm`);
  const known = await readFile(path).catch(() => undefined);
  if (known && WebAssembly.validate(known)) return new Uint8Array(known);
  const wasm = await compile();
  await store(folder, path, wasm).catch(() => undefined);
  return wasm;
}

/** Writes beside and renames, so that a reader never sees half a file. */
async function store(folder: string, path: string, wasm: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, wasm);
  await rename(draft, path);
}

async function hashEnvironment(): Promise<string> {
  const hash = createHash('sha256');
  const add = async (path: string) => hash.update(path).update(await readFile(new URL(path, root)));
  for (const file of (await readdir(new URL('assembly/', root))).sort())
    if (file.endsWith('.ts')) await add(`assembly/${file}`);
  await add('asconfig.json');
  await add('generator/compile/assemblyscript.ts');
  const asc = new URL('package.json', import.meta.resolve('assemblyscript/package.json'));
  hash.update(String((JSON.parse(await readFile(asc, 'utf8')) as { version: string }).version));
  return hash.digest('hex');
}

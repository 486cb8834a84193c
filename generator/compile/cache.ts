/**
 * Finished kernels by content. The key is a hash over everything that a module is made from: source, constants, options,
 * the AssemblyScript library, the code that compiles, links and checks, and the versions of both compilers. So an entry
 * is never stale, and losing the folder costs time and nothing else.
 *
 *     <key>.kernel   SHA-256 of the module, 32 bytes | the module, linked and checked
 *
 * An entry whose hash does not fit is ignored and written anew. The manifest is not kept: it follows from the program in
 * no time.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = new URL('../../', import.meta.url);
/** What decides about the bytes of a module, besides what is hashed for each. */
const FOLDERS = ['assembly/', 'generator/compile/', 'generator/lint/'];
const COMPILERS = ['assemblyscript', 'binaryen'];
const HASH_BYTES = 32;

let toolchain: Promise<Uint8Array> | undefined;

/** `ingredients`: what this module is made from; `make` gives its bytes. Without a folder it is made each time. */
export async function cached(
  folder: string | undefined,
  ingredients: readonly (string | Uint8Array)[],
  make: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  if (folder === undefined) return make();
  const hash = createHash('sha256').update(await (toolchain ??= hashToolchain()));
  for (const part of ingredients) hash.update(`${part.length}:`).update(part);
  const path = join(folder, `${hash.digest('hex')}.kernel`);
  const known = await readFile(path).then(intact, () => undefined);
  if (known) return known;
  const wasm = await make();
  // A folder that cannot be written (read-only home, full disk) makes nothing worse than slow.
  await store(folder, path, wasm).catch(() => undefined);
  return wasm;
}

const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

function intact(entry: Buffer): Uint8Array | undefined {
  const wasm = entry.subarray(HASH_BYTES);
  return digest(wasm).equals(entry.subarray(0, HASH_BYTES)) ? new Uint8Array(wasm) : undefined;
}

let drafts = 0;

/** Writes beside and renames, so that a reader never sees half a file. */
async function store(folder: string, path: string, wasm: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = `${path}.${process.pid}.${(drafts += 1)}`;
  try {
    await writeFile(draft, Buffer.concat([digest(wasm), wasm]));
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function hashToolchain(): Promise<Uint8Array> {
  const hash = createHash('sha256');
  for (const folder of FOLDERS) {
    const files = await readdir(new URL(folder, root), { recursive: true });
    for (const file of files.sort())
      if (file.endsWith('.ts') && !file.endsWith('.test.ts'))
        hash.update(`${folder}${file}\n`).update(await readFile(new URL(folder + file, root)));
  }
  hash.update(await readFile(new URL('asconfig.json', root)));
  for (const compiler of COMPILERS) {
    const about = new URL('package.json', import.meta.resolve(`${compiler}/package.json`));
    const { version } = JSON.parse(await readFile(about, 'utf8')) as { version: string };
    hash.update(`${compiler} ${version}\n`);
  }
  return hash.digest();
}

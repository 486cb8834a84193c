/**
 * The command line in one file, made by esbuild from the TypeScript sources and kept in node_modules/.cache: Node then loads one
 * module where it would load, and tsx compile, a thousand (docs/decisions/0123-one-module-at-start.md).
 *
 *     <code> | // <SHA-256 of the code> <SHA-256 of all that it was made from> ["cli/main.ts", ...]
 *
 * The last line is a key by content: sources, recipe (this file), version of esbuild, and where the sources lie, as modules know their
 * place. An entry that does not fit it, cut short or older than a source, is made anew.
 */
import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { threadId } from 'node:worker_threads';

const esbuildPackage = createRequire(import.meta.url).resolve('esbuild/package.json');
const sha256 = (...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

/** What the sources were made from: names, lengths and contents, in order. */
function keyOf(root, inputs, contentOf) {
  const recipe = [root, readFileSync(fileURLToPath(import.meta.url)), readFileSync(esbuildPackage)];
  const parts = inputs.flatMap((input) => {
    const content = contentOf(input);
    return [`${input} ${content.length}\n`, content];
  });
  return sha256(...recipe, ...parts);
}

/** The URL of a module that is `entry` (a path below `root`) with all it imports, kept in `folder`. Throws when it cannot be made. */
export async function program(root, entry, folder) {
  const path = join(folder, `${entry.replace(/[^a-z]/g, '-')}.mjs`);
  if (!fits(root, path)) {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    const text = await make(root, entry, path);
    // Threads of one process start together.
    const draft = `${path}.${process.pid}.${threadId}`;
    try {
      writeFileSync(draft, text);
      renameSync(draft, path);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  }
  return pathToFileURL(path).href;
}

/** Whether the entry is whole, and what its sources still give. */
function fits(root, path) {
  try {
    const text = readFileSync(path);
    const end = text.lastIndexOf('\n// ') + 1;
    const [, codeKey, key, ...names] = text.toString('utf8', end).split(' ');
    if (end === 0 || sha256(text.subarray(0, end)) !== codeKey) return false;
    return keyOf(root, JSON.parse(names.join(' ')), (input) => readFileSync(join(root, input))) === key;
  } catch {
    return false;
  }
}

async function make(root, entry, outfile) {
  const { build } = await import('esbuild');
  const sources = new Map();
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, entry)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    sourcemap: 'inline',
    sourcesContent: false,
    outfile,
    write: false,
    metafile: true,
    logLevel: 'silent',
    plugins: [{ name: 'sources', setup: (builder) => builder.onLoad({ filter: /\.(ts|json)$/ }, load) }],
  });
  /** Modules keep their place, and what is bundled is what the key is made of. */
  function load({ path }) {
    const content = readFileSync(path);
    sources.set(relative(root, path).split(sep).join('/'), content);
    if (path.endsWith('.json')) return { loader: 'json', contents: content };
    const place = JSON.stringify(pathToFileURL(path).href);
    return { loader: 'ts', contents: content.toString('utf8').replace(/\bimport\.meta\.url\b/g, place) };
  }
  const inputs = Object.keys(metafile.inputs).sort();
  if (inputs.some((input) => !sources.has(input))) throw new Error('the key does not cover all inputs');
  const code = Buffer.concat([outputFiles[0].contents, Buffer.from('\n')]);
  return Buffer.concat([
    code,
    Buffer.from(
      `// ${sha256(code)} ${keyOf(root, inputs, (input) => sources.get(input))} ${JSON.stringify(inputs)}`,
    ),
  ]);
}

/** How TypeScript sources of this project are run: as one module that is kept by content, else one by one by tsx. */
import { fileURLToPath } from 'node:url';
import { program } from './program.mjs';

const root = new URL('../', import.meta.url);

/** The module of a path below the root, e.g. "cli/main.ts". */
export async function load(entry) {
  const kept = process.env.ESCAPEMENT_CACHE === 'off' ? undefined : await keep(entry);
  if (kept) {
    process.setSourceMapsEnabled(true);
    return import(kept);
  }
  await import('./register.mjs');
  return import(new URL(entry, root).href);
}

/** Undefined where the folder cannot be written or a source does not compile: the other way will say which. */
const keep = (entry) =>
  program(fileURLToPath(root), entry, fileURLToPath(new URL('node_modules/.cache/escapement', root))).catch(
    () => undefined,
  );

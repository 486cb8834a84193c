#!/usr/bin/env node
// Runs the TypeScript sources; there is no build step to forget. Throws nothing away either: what was compiled is kept by content.
import { fileURLToPath } from 'node:url';
import { program } from './program.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));

async function commandLine() {
  if (process.env.ESCAPEMENT_CACHE !== 'off') {
    try {
      const url = await program(root, 'cli/main.ts', `${root}node_modules/.cache/escapement`);
      process.setSourceMapsEnabled(true);
      return url;
    } catch {
      // A folder that cannot be written, or a source that does not compile: the way below says which.
    }
  }
  await import('./register.mjs');
  return new URL('../cli/main.ts', import.meta.url).href;
}

const { main } = await import(await commandLine());
process.exitCode = await main(process.argv.slice(2));

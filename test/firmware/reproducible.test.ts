/** The same inputs give the same bytes on any machine: two processes that share nothing but the pipeline. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { wasm2cVersion } from '../../generator/firmware/wasm2c/translate.ts';

const program = fileURLToPath(new URL('../../bin/escapement.mjs', import.meta.url));
const example = fileURLToPath(new URL('../../examples/deepauth/', import.meta.url));
const runtime = wasm2cVersion() ? 'wasm2c' : 'wasm3';

/** Hash by path of a bundle that a process of its own wrote. */
async function exported(root: string, place: string, environment: Record<string, string>) {
  const home = join(root, place);
  mkdirSync(home, { recursive: true });
  cpSync(example, join(home, 'pipeline'), { recursive: true });
  const args = [
    program,
    'export',
    'pipeline',
    '--runtime',
    runtime,
    '--board',
    'we-be-class',
    '--out',
    'bundle',
  ];
  const env = { ...process.env, ...environment };
  await promisify(execFile)(process.execPath, args, { cwd: home, env });
  const folder = join(home, 'bundle');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

it(`exports the same bytes from another folder, time zone, language and cache (${runtime})`, async () => {
  const root = mkdtempSync(join(tmpdir(), 'escapement-'));
  try {
    const here = await exported(root, 'a', { TZ: 'UTC', LC_ALL: 'C', LANG: 'C' });
    const there = await exported(root, 'another place/ünïcode', {
      TZ: 'Asia/Kathmandu',
      LC_ALL: 'de_DE.UTF-8',
      LANG: 'tr_TR.UTF-8',
      XDG_CACHE_HOME: join(root, 'empty cache'),
    });
    expect(Object.keys(here).length).toBeGreaterThan(20);
    expect(there).toEqual(here);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}, 180_000);

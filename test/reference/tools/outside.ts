/**
 * `node --import ./bin/register.mjs test/reference/tools/outside.ts FOLDER [KERNEL ...]`: measures modules that are not of this repository, FOLDER/KERNEL.wasm with
 * `run(n)`, as `npm run reference` does, on the two cores that the targets are set for, and writes FOLDER/measured.json. `scripts/errors.ts --outside FOLDER` compares.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { analyse } from '../../../sim/wasm/index.ts';
import type { KernelSource } from './build.ts';
import { measureKernel, withFolder, type ReferenceRecord } from './measure.ts';

/** A module with `run(n)` from a file. */
export function outsideKernel(path: string): KernelSource {
  const wasm = new Uint8Array(readFileSync(path));
  const { module } = analyse(wasm);
  return {
    ...{ name: basename(path, '.wasm'), wasm, entry: 'run', takesCount: true },
    memoryPages: module.memories[0]?.minimum ?? 1,
  };
}

export const outsideFile = (folder: string): string => join(folder, 'measured.json');

export const outsideRecords = (folder: string): ReferenceRecord[] =>
  existsSync(outsideFile(folder))
    ? (JSON.parse(readFileSync(outsideFile(folder), 'utf8')) as { records: ReferenceRecord[] }).records
    : [];

/** Measures the kernels named, or those without a record; what does not build or answers otherwise is said and left out. */
function measureFolder(folder: string, names: readonly string[]): number {
  let records = outsideRecords(folder);
  const known = new Set(records.map((r) => r.kernel));
  const wanted = names.length
    ? names
    : readdirSync(folder)
        .filter((f) => f.endsWith('.wasm'))
        .map((f) => basename(f, '.wasm'))
        .filter((name) => !known.has(name));
  let failed = 0;
  for (const name of wanted.toSorted())
    try {
      const measured = withFolder((place) =>
        measureKernel(outsideKernel(join(folder, `${name}.wasm`)), place),
      );
      records = [...records.filter((r) => r.kernel !== name), ...measured];
      writeFileSync(outsideFile(folder), `${JSON.stringify({ records }, null, 1)}\n`);
      process.stdout.write(`${name}\n`);
    } catch (error) {
      failed++;
      process.stderr.write(`${name}: ${(error as Error).message.split('\n').slice(0, 3).join(' ')}\n`);
    }
  return failed ? 1 : 0;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [folder, ...names] = process.argv.slice(2);
  if (folder) process.exitCode = measureFolder(folder, names);
  else {
    process.stderr.write('outside FOLDER [KERNEL ...]\n');
    process.exitCode = 2;
  }
}

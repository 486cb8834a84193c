/**
 * Traces programs that contain an interpreter and a kernel, and compares them with measured-interpreters.json:
 *
 *   npm run reference:interpreters -- --programs folder            # says how far each lies from its record
 *   npm run reference:interpreters -- --programs folder --write    # puts what was measured into the record
 *
 * The folder holds programs that somebody built, named kernel.runtime.core.elf (fft.wasm3.cortex-m4.elf). A program takes n as
 * its argument and calls run(n) of the kernel once, or infer() of one of the project's own n times. See README.md beside this file.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDisassembly } from '../tools/arm-instruction.ts';
import { buildPlugin, disassemble, type Program } from '../tools/build.ts';
import { cortexA7Cycles } from '../tools/cortex-a7.ts';
import { cortexM4Cycles } from '../tools/cortex-m4.ts';
import { referenceKernel } from '../tools/kernels.ts';
import { execute, withFolder } from '../tools/measure.ts';
import { missingPackages } from '../tools/packages.ts';
import { countInstructions } from '../tools/trace.ts';

interface Recorded {
  kernel: string;
  core: string;
  runtime: string;
  n: [number, number];
  instructions: number;
  cycles: number;
  /** Of the module's bytes: a kernel of the project's own may have been compiled anew since. */
  sha256?: string;
  /** Of loops only: handlers run, and on the Cortex-A7 mispredicted branches. */
  dispatches?: number;
  mispredicts?: number;
}

const record = new URL('../measured-interpreters.json', import.meta.url);
const same = (a: Recorded, b: Recorded): boolean =>
  a.kernel === b.kernel && a.core === b.core && a.runtime === b.runtime;

/** What one more iteration, or call, costs: n = 2 less n = 1. */
export function measureProgram(
  elf: string,
  core: Program['core'],
  plugin: string,
): { instructions: number; cycles: number } {
  const code = parseDisassembly(disassemble({ core, elf }));
  const price = core === 'cortex-a7' ? cortexA7Cycles : cortexM4Cycles;
  const [first, second] = [1, 2].map((n) => {
    const { trace } = execute({ core, tier: 'wasm2c', elf }, plugin, code, n);
    return { instructions: countInstructions(trace), cycles: price(trace) };
  }) as [{ instructions: number; cycles: number }, { instructions: number; cycles: number }];
  return {
    instructions: second.instructions - first.instructions,
    cycles: second.cycles - first.cycles,
  };
}

/** Kernel, runtime and core of a program, by its name; null for another file. */
export function programName(file: string): { kernel: string; runtime: string; core: Program['core'] } | null {
  const [, kernel, runtime, core] =
    /^(.+)\.(wasm3|wamr-classic|wamr-fast)\.(cortex-a7|cortex-m4)\.elf$/.exec(file) ?? [];
  return core ? { kernel: kernel!, runtime: runtime!, core: core as Program['core'] } : null;
}

/** Why nothing can be measured; undefined when it can. */
export function reasonToSkip(folder: string | undefined): string | undefined {
  if (!folder) return 'name a folder of built programs with --programs (README.md says what they are)';
  if (!existsSync(folder)) return `there is no folder ${folder}`;
  const missing = missingPackages();
  if (missing.length) return `needs Debian packages ${missing.join(' ')}`;
  return readdirSync(folder).some(programName)
    ? undefined
    : `${folder} holds no program named kernel.runtime.core.elf`;
}

function main(args: readonly string[]): number {
  const folder = args.includes('--programs') ? args[args.indexOf('--programs') + 1] : undefined;
  const reason = reasonToSkip(folder);
  if (reason) {
    process.stderr.write(`skipped: ${reason}\n`);
    return 0;
  }
  const { note, records } = JSON.parse(readFileSync(record, 'utf8')) as { note: string; records: Recorded[] };
  withFolder((scratch) => {
    const plugin = buildPlugin(scratch);
    for (const file of readdirSync(folder!).sort()) {
      const name = programName(file);
      if (!name) continue;
      const sha256 = createHash('sha256').update(referenceKernel(name.kernel).wasm).digest('hex');
      const found = measureProgram(join(folder!, file), name.core, plugin);
      const now: Recorded = { ...name, n: [1, 2], ...found, sha256 };
      const at = records.findIndex((r) => same(r, now));
      process.stdout.write(`${file}: ${comparison(now, records[at])}\n`);
      // Handlers and mispredictions are those of the recorded build: they stay where the instructions do.
      const before = records[at];
      const kept =
        before?.instructions === now.instructions && before.dispatches !== undefined
          ? { dispatches: before.dispatches }
          : {};
      if (at < 0) records.push(now);
      else records[at] = { ...now, ...kept };
    }
  });
  if (args.includes('--write')) writeFileSync(record, textOf(note, records));
  return 0;
}

/** One line a record, as the file is written. */
export const textOf = (note: string, records: readonly Recorded[]): string =>
  `{\n ${JSON.stringify({ note }).slice(1, -1)},\n "records": [\n${records
    .map(({ kernel, core, runtime, ...rest }) => `  ${spaced({ kernel, core, runtime, ...rest })}`)
    .join(',\n')}\n ]\n}\n`;

const spaced = (value: object): string => JSON.stringify(value).replaceAll('":', '": ').replaceAll(',', ', ');

function comparison(now: Recorded, before: Recorded | undefined): string {
  const text = `${now.instructions} instructions, ${now.cycles.toFixed(1)} cycles`;
  if (!before) return `${text} (not recorded)`;
  const [instructions, cycles] = (['instructions', 'cycles'] as const).map((of) =>
    percent(now[of] / before[of]),
  );
  return `${text} (recorded ${before.instructions} and ${before.cycles}: ${instructions} and ${cycles})`;
}

const percent = (ratio: number): string => `${ratio >= 1 ? '+' : ''}${(100 * (ratio - 1)).toFixed(2)} %`;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = main(process.argv.slice(2));

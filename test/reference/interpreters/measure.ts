/**
 * Traces programs that contain an interpreter and a kernel, and compares them with measured-interpreters.json:
 *
 *   ESCAPEMENT_INTERPRETERS=folder node --import tsx test/reference/interpreters/measure.ts
 *
 * The folder holds programs that somebody built, named kernel.runtime.core.elf (fft.wasm3.cortex-m4.elf). A program takes
 * n as its argument, calls run(n) of the kernel once and prints what it returned. See README.md beside this file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDisassembly } from '../tools/arm-instruction.ts';
import { buildPlugin, run, type Program } from '../tools/build.ts';
import { cortexA7Cycles } from '../tools/cortex-a7.ts';
import { cortexM4Cycles } from '../tools/cortex-m4.ts';
import { execute, withFolder } from '../tools/measure.ts';
import { missingPackages } from '../tools/packages.ts';
import { countInstructions } from '../tools/trace.ts';

interface Recorded {
  kernel: string;
  core: string;
  runtime: string;
  instructions: number;
  cycles: number;
}

/** What one more iteration costs: run(2) - run(1). */
export function measureProgram(elf: string, core: Program['core'], plugin: string): [number, number] {
  const objdump = core === 'cortex-a7' ? 'arm-linux-gnueabihf-objdump' : 'arm-none-eabi-objdump';
  const code = parseDisassembly(run(objdump, ['-d', elf]));
  const price = core === 'cortex-a7' ? cortexA7Cycles : cortexM4Cycles;
  const [first, second] = [1, 2].map((n) => {
    const { trace } = execute({ core, tier: 'wasm2c', elf }, plugin, code, n);
    return [countInstructions(trace), price(trace)] as const;
  });
  return [second![0] - first![0], second![1] - first![1]];
}

function main(folder: string | undefined): number {
  if (!folder) {
    process.stderr.write('skipped: set ESCAPEMENT_INTERPRETERS to a folder of built programs (README.md)\n');
    return 0;
  }
  const missing = missingPackages();
  if (missing.length) {
    process.stderr.write(`skipped: needs Debian packages ${missing.join(' ')}\n`);
    return 0;
  }
  const { records } = JSON.parse(
    readFileSync(new URL('../measured-interpreters.json', import.meta.url), 'utf8'),
  ) as { records: Recorded[] };
  return withFolder((scratch) => {
    const plugin = buildPlugin(scratch);
    for (const file of readdirSync(folder).sort()) {
      const [, kernel, runtime, core] = /^(.+)\.([^.]+)\.(cortex-[am]\d)\.elf$/.exec(file) ?? [];
      if (!core) continue;
      const [instructions, cycles] = measureProgram(join(folder, file), core as Program['core'], plugin);
      const known = records.find((r) => r.kernel === kernel && r.runtime === runtime && r.core === core);
      const change = known
        ? ` (recorded ${known.instructions} and ${known.cycles}: ${percent(instructions / known.instructions)} and ${percent(cycles / known.cycles)})`
        : ' (not recorded)';
      process.stdout.write(`${file}: ${instructions} instructions, ${cycles.toFixed(1)} cycles${change}\n`);
    }
    return 0;
  });
}

const percent = (ratio: number): string => `${ratio >= 1 ? '+' : ''}${(100 * (ratio - 1)).toFixed(2)} %`;

process.exitCode = main(process.env.ESCAPEMENT_INTERPRETERS);

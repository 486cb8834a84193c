/**
 * `node --import ./bin/register.mjs test/reference/tools/show-compiled.ts FOLDER KERNEL ...`: the code of the reference's compiler with how often
 * an iteration runs each instruction, FOLDER/KERNEL/CORE-TIER.txt, beside the C that it was made of. What stands beside it on our side: scripts/show-predicted.ts.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDisassembly } from './arm-instruction.ts';
import { buildPlugin, buildPrograms, disassemble, type KernelSource, type Program } from './build.ts';
import { referenceKernel } from './kernels.ts';
import { execute } from './measure.ts';
import { missingPackages } from './packages.ts';
import { outsideKernel } from './outside.ts';

const counts = [1, 3] as const;

/** Runs of each address in one iteration. */
function runsByAddress(program: Program, plugin: string, disassembly: string): Map<number, number> {
  const code = parseDisassembly(disassembly);
  const runs = new Map<number, number>();
  const share = 1 / (counts[1] - counts[0]);
  for (const [count, sign] of [
    [counts[0], -share],
    [counts[1], share],
  ] as const) {
    const { trace } = execute(program, plugin, code, count);
    const ofBlock = new Map<number, number>();
    for (const id of trace.order) ofBlock.set(id, (ofBlock.get(id) ?? 0) + sign);
    for (const [id, n] of ofBlock)
      for (const { address } of trace.blocks[id]) runs.set(address, (runs.get(address) ?? 0) + n);
  }
  return runs;
}

/** Functions of which anything runs again in each iteration, a count before each line. */
function annotated(disassembly: string, runs: ReadonlyMap<number, number>): string {
  const functions = disassembly.split('\n\n');
  const addressOf = (line: string): number =>
    Number.parseInt(/^\s*([0-9a-f]+):\t/.exec(line)?.[1] ?? 'x', 16);
  const counted = (line: string): number => runs.get(addressOf(line)) ?? 0;
  return functions
    .map((text) => text.split('\n'))
    .filter((lines) => lines.some((line) => Math.abs(counted(line)) > 1e-9))
    .map((lines) =>
      lines
        .map((line) =>
          /^\s*[0-9a-f]+:\t/.test(line) ? `${counted(line).toFixed(1).padStart(10)} ${line}` : line,
        )
        .join('\n'),
    )
    .join('\n\n');
}

function show(source: KernelSource, folder: string): void {
  const plugin = buildPlugin(folder);
  for (const program of buildPrograms(source, join(folder, source.name))) {
    const disassembly = disassemble(program);
    const file = join(folder, source.name, `${program.core}-${program.tier}.txt`);
    writeFileSync(file, `${annotated(disassembly, runsByAddress(program, plugin, disassembly))}\n`);
    process.stdout.write(`${file}\n`);
  }
}

const [folder, ...names] = process.argv.slice(2);
const missing = missingPackages();
if (!folder || names.length === 0 || missing.length) {
  process.stderr.write(
    missing.length
      ? `the reference needs Debian packages: apt-get install ${missing.join(' ')}\n`
      : 'show-compiled FOLDER KERNEL ..., where KERNEL is one of the reference or the path of a module with run(n)\n',
  );
  process.exitCode = 2;
} else {
  mkdirSync(folder, { recursive: true });
  for (const name of names) show(existsSync(name) ? outsideKernel(name) : referenceKernel(name), folder);
}

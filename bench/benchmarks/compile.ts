/** From a pipeline file to kernel.wasm: whole processes, start of Node.js included. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Benchmark } from '../benchmark.ts';
import { inTurns } from '../rounds.ts';

const tool = fileURLToPath(new URL('../../bin/escapement.mjs', import.meta.url));
const scratch = (): string => mkdtempSync(join(tmpdir(), 'escapement-bench-'));

export const compile: Benchmark = {
  name: 'compile',
  title: 'Pipeline to kernel.wasm, whole process',
  limits: [
    'A start of Node.js with tsx and all modules of the command line takes what `--version` takes. Of the rest of a warm run most is',
    'calibration (the float model on windows) and rounding of weights. A cold run also loads binaryen and the AssemblyScript compiler',
    '(0.5 s) and compiles with two rounds of optimisation. With nothing else running on the machine (load below 2 on its two cores)',
    '`compile pulse` took 1.8 s with the kernel in the cache and 3.6 s without.',
  ],
  async run() {
    const [out, warm] = [scratch(), scratch()];
    const escapement = (args: readonly string[], cache: string): void => {
      const env = { ...process.env, ESCAPEMENT_CACHE: cache };
      execFileSync(process.execPath, [tool, ...args], { stdio: 'ignore', env });
    };
    const contenders = ['pulse', 'deepauth'].flatMap((example) => [
      {
        name: `compile ${example}, kernel in the cache`,
        run: () => escapement(['compile', example, '-o', out], warm),
      },
      {
        name: `compile ${example}, nothing in the cache`,
        run: () => escapement(['compile', example, '-o', out], 'off'),
      },
    ]);
    const start = { name: 'for scale: escapement --version', run: () => escapement(['--version'], 'off') };
    const times = await inTurns([...contenders, start], { rounds: 7, calls: 1, warmUp: 1 });
    for (const folder of [out, warm]) rmSync(folder, { recursive: true });
    return [
      '| command | median s (quartiles) |',
      '| --- | --- |',
      ...times.map(
        ({ name, medianMs, lowerMs, upperMs }) =>
          `| ${name} | ${(medianMs / 1000).toFixed(2)} (${(lowerMs / 1000).toFixed(2)} .. ${(upperMs / 1000).toFixed(2)}) |`,
      ),
    ];
  },
};

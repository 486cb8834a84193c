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
    'The command line starts as one module that is kept by content (docs/decisions/0123), kernels are kept by content too; "nothing kept" switches off both,',
    'so tsx compiles a thousand modules, binaryen and the AssemblyScript compiler are loaded (0.5 s), and the kernel is compiled with two rounds of optimisation.',
    'Of a run with everything kept most is calibration (the float model on windows) and rounding of weights. Goals are 2 s with the kernel kept and 5 s',
    'without. The machine does other work too: the fastest round is nearest to what a quiet one takes.',
  ],
  async run() {
    const [out, warm] = [scratch(), scratch()];
    const escapement = (args: readonly string[], cache: string): void => {
      const env = { ...process.env, ESCAPEMENT_CACHE: cache };
      execFileSync(process.execPath, [tool, ...args], { stdio: 'ignore', env });
    };
    const contenders = ['pulse', 'deepauth'].flatMap((example) => [
      {
        name: `compile ${example}, kernel kept`,
        run: () => escapement(['compile', example, '-o', out], warm),
      },
      {
        name: `compile ${example}, nothing kept`,
        run: () => escapement(['compile', example, '-o', out], 'off'),
      },
    ]);
    const starts = [
      { name: 'escapement --version', run: () => escapement(['--version'], warm) },
      { name: 'escapement --version, nothing kept', run: () => escapement(['--version'], 'off') },
      { name: 'for scale: node -e 0', run: () => execFileSync(process.execPath, ['-e', '0']) },
    ];
    const times = await inTurns([...contenders, ...starts], { rounds: 7, calls: 1, warmUp: 1 });
    for (const folder of [out, warm]) rmSync(folder, { recursive: true });
    return [
      '| command | median s (quartiles) | fastest s |',
      '| --- | --- | --- |',
      ...times.map(
        ({ name, medianMs, lowerMs, upperMs, fastestMs }) =>
          `| ${name} | ${(medianMs / 1000).toFixed(2)} (${(lowerMs / 1000).toFixed(2)} .. ${(upperMs / 1000).toFixed(2)}) | ${(fastestMs / 1000).toFixed(2)} |`,
      ),
    ];
  },
};

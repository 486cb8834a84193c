/**
 * `node --import ./bin/register.mjs scripts/hold-graphs.ts [--outside FOLDER] [KERNEL ...]`: runs the graphs that the compiled-code model makes of kernels, behind all its passes, and says where their
 * results, memory or globals are not those of the module itself. A pass that changes what is computed predicts the cycles of another program.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { findCore } from '../sim/cores/index.ts';
import { buildFor } from '../sim/timing/compiled/build.ts';
import { referenceKernel, referenceKernels } from '../test/reference/tools/kernels.ts';
import { outsideKernel } from '../test/reference/tools/outside.ts';
import { heldToModule } from '../test/timing/graphs/hold.ts';
import { countKernel } from './comparisons.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { outside: { type: 'string' } },
});
const { outside } = values;
const all = outside
  ? readdirSync(outside)
      .filter((f) => f.endsWith('.wasm'))
      .map((f) => basename(f, '.wasm'))
  : referenceKernels().map(({ name }) => name);
const builds = [
  ['wasm2c', true, false],
  ['wasm2c-unchecked', false, false],
  ['wasm2c-firmware', false, true],
] as const;
let wrong = 0;
for (const name of positionals.length > 0 ? positionals : all) {
  const kernel = outside ? outsideKernel(join(outside, `${name}.wasm`)) : referenceKernel(name);
  const counted = countKernel(kernel, [1, 3]);
  for (const core of ['cortex-a7', 'cortex-m4'])
    for (const [runtime, checked, rewritten] of builds) {
      const why = heldToModule(kernel, counted, buildFor(findCore(core), checked, rewritten), 1);
      if (!why) continue;
      wrong++;
      process.stdout.write(`${name} ${core} ${runtime}: ${why}\n`);
    }
}
process.exitCode = wrong > 0 ? 1 : 0;

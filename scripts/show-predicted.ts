/**
 * `node --import ./bin/register.mjs scripts/show-predicted.ts KERNEL CORE RUNTIME [LEAST]`: the code that the model makes of a kernel of the reference (or of a
 * module with run(n), by its path), blocks that an iteration runs at least LEAST times (0.5), each with its runs, cycles and registers; in the order in
 * which the core's scheduler leaves it. What gcc makes of it: test/reference/tools/show-compiled.ts.
 */
import { existsSync } from 'node:fs';
import { buildFor } from '../sim/timing/compiled/build.ts';
import { compiledFor } from '../sim/timing/compiled/block-cycles.ts';
import { executeInOrder } from '../sim/timing/compiled/execute.ts';
import type { Machine } from '../sim/timing/compiled/machine.ts';
import { schedule } from '../sim/timing/compiled/schedule.ts';
import { findCore } from '../sim/cores/index.ts';
import { referenceKernel } from '../test/reference/tools/kernels.ts';
import { outsideKernel } from '../test/reference/tools/outside.ts';
import { countKernel } from './comparisons.ts';

const line = (m: Machine): string =>
  `    ${m.text.padEnd(24)} ${m.defs.join(',').padEnd(8)} <- ${m.uses.join(',')}${m.slot >= 0 ? ` [slot ${m.slot}]` : ''}`;

function show(kernel: string, coreId: string, runtime: string, least: number): string {
  const source = existsSync(kernel) ? outsideKernel(kernel) : referenceKernel(kernel);
  const { analysis, counts } = countKernel(source, [1, 3]);
  const core = findCore(coreId);
  const lines: string[] = [];
  for (const { root, allocation } of compiledFor(
    analysis,
    counts,
    buildFor(core, runtime === 'wasm2c', runtime === 'wasm2c-firmware'),
  )) {
    const code = schedule(allocation.code, core.scheduler);
    const cycles = executeInOrder(code, core);
    const total = code.blocks.reduce((sum, b) => sum + b.weight * cycles.get(b.id)!, 0);
    const instructions = code.blocks.reduce((sum, b) => sum + b.weight * b.code.length, 0);
    lines.push(`${root.name}: ${total.toFixed(0)} cycles, ${instructions.toFixed(0)} instructions`);
    for (const b of code.blocks.filter(({ weight }) => weight >= least)) {
      const to = b.successors.map((s) => `${s.to} x${s.weight.toFixed(1)}`).join(', ');
      lines.push(
        `  block ${b.id}: ${b.weight.toFixed(1)} runs of ${cycles.get(b.id)!.toFixed(2)} cycles -> ${to}`,
      );
      lines.push(...b.code.map(line));
    }
  }
  return lines.join('\n');
}

const [kernel, core, runtime, least = '0.5'] = process.argv.slice(2);
if (kernel && core && runtime) process.stdout.write(`${show(kernel, core, runtime, Number(least))}\n`);
else {
  process.stderr.write('show-predicted KERNEL CORE RUNTIME [LEAST], as knn cortex-a7 wasm2c-unchecked\n');
  process.exitCode = 2;
}

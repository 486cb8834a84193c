/**
 * `npm run reference:module -- MODULE.wasm --entry NAME [--args LIST] [--json]`: what one call of any import-free module takes as compiled Arm code
 * by the means of the reference, beside what `escapement time` predicts of it. Exit code 2 for what cannot be measured.
 */
import { parseArgs } from 'node:util';
import { readInput } from '../../../cli/read-input.ts';
import type { Estimate } from '../../../common/estimate.ts';
import { Refusal } from '../../../common/refusals/refusal.ts';
import { count, countBand } from '../../../report/text/quantity.ts';
import { table } from '../../../report/text/table.ts';
import { callArguments } from '../../../sim/call-arguments.ts';
import { isInitialisedFirst, timeModule } from '../../../sim/time-module.ts';
import { analyse } from '../../../sim/wasm/index.ts';
import type { KernelSource } from './build.ts';
import { measureKernel, withFolder } from './measure.ts';
import { missingPackages } from './packages.ts';

const usage = 'Usage: npm run reference:module -- MODULE.wasm --entry NAME [--args 100,-1] [--json]';

/** Of the board that QEMU emulates for the Cortex-M4, less what the host and its stack take (target/bare-metal.ld). */
const mostPages = 60;

interface Row {
  runtime: string;
  core: string;
  instructions: number;
  referenceCycles: number;
  predictedCycles: Estimate;
  error: number;
}

interface Asked {
  path: string;
  entry: string;
  args: string[];
  json: boolean;
}

function readArguments(): Asked {
  const { values, positionals } = parseArgs({
    options: {
      entry: { type: 'string', short: 'e' },
      args: { type: 'string', short: 'a', default: '' },
      json: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0 || values.entry === undefined) throw new TypeError(usage);
  return { path, entry: values.entry, args: values.args.split(',').filter(Boolean), json: values.json };
}

/** Throws the refusals of `timeModule`, and an error where QEMU's board is too small for the module. */
function sourceOf(wasm: Uint8Array, { entry, args }: Asked): KernelSource {
  const analysis = analyse(wasm);
  const { module } = analysis;
  // The prediction has refused what has no such entry.
  const called = module.functions.find((f) => f.exports.includes(entry))!;
  const { params, results } = called.type;
  if (results.length > 1)
    throw new TypeError(`"${entry}" has ${results.length} results; the reference takes at most one`);
  const memoryPages = module.memories[0]?.minimum ?? 1;
  if (memoryPages > mostPages)
    throw new TypeError(
      `the module has ${memoryPages} pages of memory; the emulated Cortex-M4 has room for ${mostPages}`,
    );
  if (module.functions.some((f) => f.body.some(({ name }) => name === 'memory.grow')))
    throw new TypeError(
      'the module changes the size of its memory (memory.grow); the emulated Cortex-M4 gives it once',
    );
  const values = callArguments(called, entry, args);
  return {
    ...{ name: 'module', wasm, entry, takesCount: false, memoryPages },
    floats: module.functions.some((f) => f.body.some(({ name }) => /\bf(32|64)\b/.test(name))),
    call: {
      args: values.map((value, i) => ({ type: params[i]!, value })),
      result: results[0] ?? null,
      initialised: isInitialisedFirst(analysis, entry),
    },
  };
}

function measure(asked: Asked): Row[] {
  const wasm = readInput(asked.path);
  const predict = (core: string, runtime: string) =>
    timeModule(wasm, { entry: asked.entry, args: asked.args, fuel: 1e9, core, runtime }).cycles;
  predict('cortex-m4', 'wasm2c');
  const missing = missingPackages();
  if (missing.length)
    throw new TypeError(`the reference needs Debian packages: apt-get install ${missing.join(' ')}`);
  return withFolder((folder) => measureKernel(sourceOf(wasm, asked), folder, [0, 1])).map(
    ({ runtime, core, instructions, cycles }) => {
      const predictedCycles = predict(core, runtime);
      const error = predictedCycles.value / cycles - 1;
      return { runtime, core, instructions, referenceCycles: cycles, predictedCycles, error };
    },
  );
}

/** Below that, what the host's code does around the call weighs as much: its loop, its branches' predictions. */
const fewInstructions = 500;

function text(rows: readonly Row[]): string {
  const right = (header: string) => ({ header, align: 'right' as const });
  const columns = ['reference instructions', 'reference cycles', 'predicted cycles', 'error', 'in range'].map(
    right,
  );
  const lines = table(
    [{ header: 'runtime' }, { header: 'core' }, ...columns],
    rows.map(({ runtime, core, instructions, referenceCycles: cycles, predictedCycles: p, error }) => [
      runtime,
      core,
      count(instructions),
      count(cycles),
      countBand(p),
      `${(100 * error).toFixed(1)} %`,
      p.low <= cycles && cycles <= p.high ? 'yes' : 'no',
    ]),
  );
  if (rows.some((r) => r.instructions < fewInstructions))
    lines.push(
      'The call is so short that the code around it, which calls it, weighs as much: read little into the difference.',
    );
  return lines.join('\n');
}

function main(): number {
  try {
    const asked = readArguments();
    const rows = measure(asked);
    process.stdout.write(`${asked.json ? JSON.stringify(rows, null, 2) : text(rows)}\n`);
    return 0;
  } catch (error) {
    const known = error instanceof Refusal || error instanceof TypeError;
    // Compilers and linkers say at length what they miss: the first complaint is enough.
    const { stderr = '' } = error as { stderr?: string };
    const complaint = stderr.split('\n').find((l) => /error|undefined/.test(l));
    if (!known && !complaint) throw error;
    process.stderr.write(
      `${complaint ? `The module does not build as C: ${complaint}` : (error as Error).message}\n`,
    );
    return 2;
  }
}

process.exitCode = main();

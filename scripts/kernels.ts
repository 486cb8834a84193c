/**
 * Executed operators by layer, for both shapes of code, on a real window: `npm run kernels`. Writes docs/kernels.md; a test counts
 * again and fails when the table is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { loadBoard } from '../boards/load.ts';
import { openPipeline, prepare, simulateOn } from '../cli/workbench.ts';
import { chooseModel } from '../generator/choose-model.ts';

const models = [
  ['pulse', '25hz', 25],
  ['deepauth', 'rnn64', 50],
  ['deepauth', 'rnn128', 50],
  ['deepauth', 'sub128', 50],
] as const;

/** Any board will do: operators are counted, not costed. */
const board = 'we-be-class';
const runtimes = { aot: 'wasm2c-unchecked', interp: 'wasm3' } as const;

/** Rows of the table: one a stage with multiply-accumulates of a model, of all models or those named. */
export async function operatorRows(only?: readonly string[]): Promise<string[]> {
  const rows: string[] = [];
  for (const [example, model, rateHz] of models) {
    if (only && !only.includes(model)) continue;
    const loaded = openPipeline(example);
    const choice = chooseModel(loaded.pipeline, { model, rateHz });
    const ready = await prepare(loaded, choice, { runtimes: Object.values(runtimes), verify: false });
    const [aot, interp] = Object.values(runtimes).map(
      (runtime) => simulateOn(loaded, ready, loadBoard(board), runtime).stages,
    );
    for (const [s, stage] of aot!.entries()) {
      if (!stage.name.startsWith('model_')) continue;
      const each = (ops: number): string => (ops / stage.macs).toFixed(2);
      rows.push(
        `| ${example}/${model} | ${stage.title} | ${stage.macs} | ${stage.wasmOps} | ${each(stage.wasmOps)} | ` +
          `${interp![s]!.wasmOps} | ${each(interp![s]!.wasmOps)} |`,
      );
    }
  }
  return rows;
}

interface Measured {
  kernel: string;
  core: string;
  runtime: string;
  cycles: number;
}

/** The kernels that the reference measures (test/reference), with the multiply-accumulates of a decision. */
const frozen = { 'pulse-25': ['pulse', '25hz', 25], rnn64: models[1], sub128: models[3] } as const;

async function cycleRows(): Promise<string[]> {
  const text = readFileSync(new URL('../test/reference/measured.json', import.meta.url), 'utf8');
  const { records } = JSON.parse(text) as { records: Measured[] };
  const rows: string[] = [];
  for (const [kernel, [example, model, rateHz]] of Object.entries(frozen)) {
    const loaded = openPipeline(example);
    const ready = await prepare(loaded, chooseModel(loaded.pipeline, { model, rateHz }), {
      runtimes: ['wasm2c'],
      verify: false,
    });
    const { macs } = ready.built.manifest;
    const cells = ['wasm2c-unchecked', 'wasm2c'].map((runtime) => {
      const run = records.find(
        (r) => r.kernel === kernel && r.core === 'cortex-m4' && r.runtime === runtime,
      )!;
      return (run.cycles / macs).toFixed(2);
    });
    rows.push(`| ${example}/${model} | ${macs} | ${cells.join(' | ')} |`);
  }
  return rows;
}

const page = (operators: readonly string[], cycles: readonly string[]): string => `# What kernels execute

Made by \`npm run kernels\`. A multiply-accumulate counts where the model has one; everything that a stage executes counts as operators:
loops, gates, tables, the pool that a recurrent layer hands its rows to.

## WebAssembly operators by layer, one real window

\`aot\` for compiled runtimes, \`interp\` for interpreters (decision 0081). A plain loop takes 28 operators a multiply-accumulate.

| model | layer | MACs | aot, operators | a MAC | interp, operators | a MAC |
| --- | --- | --- | --- | --- | --- | --- |
${operators.join('\n')}

What is left above five in \`interp\` (get the input, get the pointer, load the weight, multiply, add) are gates, tables and the pool. A unit's
gates take about 200 operators (decision 0125), a feature of the pool 50; many inputs or units share them out: pulse has 65 products a row, rnn128 192. In \`aot\` a group of
four inputs and four rows takes 6.0 a multiply-accumulate, the rest is the same.

## Cycles on a Cortex-M4, all of infer()

From the reference (test/reference: the kernel through wasm2c and GCC 12 -O2, exact instruction trace, Arm's published timing, zero wait
states), profile \`aot\`, as it was frozen there.

| model | MACs | a MAC, without bounds checks | with them |
| --- | --- | --- | --- |
${cycles.join('\n')}
`;

if (process.argv[1] === new URL(import.meta.url).pathname)
  writeFileSync(
    new URL('../docs/kernels.md', import.meta.url),
    page(await operatorRows(), await cycleRows()),
  );

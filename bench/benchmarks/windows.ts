/** Windows a second that `verify` gets through the kernels of the examples: the flashable one against that of the host profile. */
import { fileURLToPath } from 'node:url';
import { toolName } from '../../common/tool.ts';
import { buildKernel } from '../../generator/build-kernel.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import type { Profile } from '../../generator/emit/profile.ts';
import { loadPipeline } from '../../generator/pipeline/load.ts';
import { realWindows, spread } from '../../generator/verify/real-windows.ts';
import { KernelInstance } from '../../kernel/instance.ts';
import type { Benchmark } from '../benchmark.ts';
import { inTurns } from '../rounds.ts';

const models = [
  { example: 'pulse', model: '25hz' },
  { example: 'pulse', model: '64hz' },
  { example: 'deepauth', model: 'rnn64' },
  { example: 'deepauth', model: 'rnn128' },
  { example: 'deepauth', model: 'sub128' },
] as const;
/** Compared, and timed: a turn of few windows is rarely disturbed by what else the machine does. */
const COMPARED = 16;
const TIMED = 1;
const plan = { rounds: 201, calls: 1, warmUp: 40 };

async function contenders({ example, model }: (typeof models)[number], shapes: readonly Profile[]) {
  const loaded = loadPipeline(
    fileURLToPath(new URL(`../../examples/${example}/pipeline.json`, import.meta.url)),
  );
  const choice = chooseModel(loaded.pipeline, { model });
  const outputs: string[] = [];
  const made = [];
  for (const profile of shapes) {
    const built = await buildKernel(loaded, choice, { generator: toolName, profile });
    const kernel = KernelInstance.load(built.wasm, built.manifest);
    const windows = spread(realWindows(loaded, choice, built.network).windows, COMPARED);
    const run = (some: readonly Float64Array[]): Float64Array[] =>
      some.map((window) => {
        kernel.writeModelInput(window);
        kernel.model();
        return kernel.readModelOutput();
      });
    outputs.push(JSON.stringify(run(windows).map((output) => [...output])));
    made.push({ name: profile, run: () => run(windows.slice(0, TIMED)), macs: built.manifest.macs });
  }
  if (new Set(outputs).size > 1) throw new Error(`${example}/${model}: profiles differ`);
  return made;
}

export const windows: Benchmark = {
  name: 'windows',
  title: 'Windows a second through the kernels of the examples, one thread',
  limits: [
    '`escapement verify --profile host` runs the right column, `escapement verify` the left one; before it is timed, both give the same bits on the same',
    'real windows. Fastest of many turns, as the machine does other work too. Several windows at once would share loads of weights and gain 5 % at most: docs/decisions/0122.',
  ],
  async run() {
    const lines = [
      '| model | multiply-accumulates a window | windows a second, aot | windows a second, host | host / aot |',
      '| --- | --- | --- | --- | --- |',
    ];
    for (const which of models) {
      const made = await contenders(which, ['aot', 'host']);
      const [aot, host] = (await inTurns(made, plan)).map(({ fastestMs }) => (1000 * TIMED) / fastestMs);
      lines.push(
        `| ${which.example}/${which.model} | ${made[0]!.macs.toLocaleString('en')} | ${aot!.toFixed(0)} | ${host!.toFixed(0)} | ` +
          `${(host! / aot!).toFixed(1)}x |`,
      );
    }
    return lines;
  },
};

/** Test support: a pipeline around a model that hands on its first inputs, in the kernel and in the integer reference. */
import { compileKernel } from '../compile/compile-kernel.ts';
import { createIntegerMemory } from '../emit/integer-memory.ts';
import type { Entry, IntegerMemory } from '../emit/program.ts';
import { KernelInstance } from '../../kernel/instance.ts';
import { buildProgram, type BuiltProgram, type QuantizedModel } from '../pipeline/build-program.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { samplesIn } from '../pipeline/timing.ts';

export const channel = (name: string, lsb = 1): Pipeline['channels'][number] => ({
  name,
  sensor: 'ppg',
  unit: 'count',
  lsb,
});

/** A pipeline without files, for building programs. */
export const pipelineOf = (part: Partial<Pipeline>): Pipeline => ({
  name: 'test',
  title: 'test',
  channels: [channel('a')],
  window: { seconds: 4, hopSeconds: 1 },
  preprocess: [],
  decision: { kind: 'argmax' },
  budgets: {},
  rates: [25],
  models: [],
  ...part,
});

export interface ModelShape {
  steps: number;
  channels: number;
  /** Default: steps * channels. */
  inputs?: number;
  /** The model's output is its first `outputs` inputs. */
  outputs: number;
  inputScale?: number;
  outputScale?: number;
}

export function handOn({
  steps,
  channels,
  inputs = steps * channels,
  outputs,
  inputScale = 2 ** -12,
  outputScale = 2 ** -12,
}: ModelShape): QuantizedModel {
  const io = { type: 'i16', kind: 'io', note: 'test' } as const;
  return {
    blocks: [
      { ...io, name: 'model_x', length: inputs, scale: inputScale },
      { ...io, name: 'model_y', length: outputs, scale: outputScale },
    ],
    stages: [
      {
        name: 'model_hand_on',
        title: 'hand on',
        blocks: ['model_x', 'model_y'],
        uses: {},
        body: [
          `for (let i: usize = 0; i < ${outputs * 2}; i += 2) store<i16>($model_y + i, load<i16>($model_x + i));`,
        ],
        returns: 'void',
        macs: 0,
        proofs: [],
        run: (memory) => memory.i16('model_y').set(memory.i16('model_x').subarray(0, outputs)),
      },
    ],
    inputBlock: 'model_x',
    outputBlock: 'model_y',
  };
}

export interface StageBench {
  built: BuiltProgram;
  kernel: KernelInstance;
  memory: IntegerMemory;
  /** Calls an entry on both sides; throws where the results or any block differ. */
  call(entry: Entry['name']): number;
  /** Writes cells of a block on both sides. */
  write(block: string, cells: ArrayLike<number>): void;
  /** Takes in one frame on both sides. */
  push(frame: ArrayLike<number>): number;
  reset(): void;
}

export async function stageBench(
  pipeline: Pipeline,
  rateHz: number,
  model: Partial<ModelShape> = {},
  threshold?: number,
): Promise<StageBench> {
  const steps = samplesIn(pipeline.window.seconds, rateHz);
  const channels = pipeline.channels.length;
  const built = buildProgram({
    name: 'test',
    pipeline,
    variant: { id: 'test', ...(threshold === undefined ? {} : { threshold }) },
    rateHz,
    steps,
    quantized: handOn({ steps, channels, outputs: steps * channels, ...model }),
  });
  const { program, decision, io } = built;
  const { wasm, manifest } = await compileKernel(
    program,
    {
      rateHz,
      windowSeconds: pipeline.window.seconds,
      hopSeconds: pipeline.window.hopSeconds,
      steps,
      channels: pipeline.channels,
      trainedForRate: true,
      decision,
      io,
    },
    { generator: 'test' },
  );
  const kernel = KernelInstance.load(wasm, manifest);
  const memory = createIntegerMemory(program.blocks);
  const cellsOf = (name: string) => kernel.cells(manifest.blocks.find((b) => b.name === name)!);
  const changing = program.blocks.filter((b) => b.kind !== 'constant' && b.kind !== 'buffer');
  const compare = (what: string) => {
    for (const { name } of changing) {
      const [wasmCells, reference] = [cellsOf(name), memory.cells(name)];
      for (let i = 0; i < reference.length; i++)
        if (wasmCells[i] !== reference[i])
          throw new Error(`${what}: ${name}[${i}] is ${wasmCells[i]}, the reference says ${reference[i]}`);
    }
  };
  const bench: StageBench = {
    built,
    kernel,
    memory,
    call(entry) {
      const found = kernel.call(entry);
      let expected: number | void = undefined;
      for (const stage of program.entries.find((e) => e.name === entry)!.stages)
        expected = program.stages.find((s) => s.name === stage)!.run(memory);
      if (found !== expected)
        throw new Error(`${entry}() returned ${found}, the reference ${String(expected)}`);
      compare(entry);
      return found;
    },
    write(block, cells) {
      cellsOf(block).set(cells as never);
      memory.cells(block).set(cells as never);
    },
    push(frame) {
      bench.write(io.frame, frame);
      return bench.call('push');
    },
    reset() {
      kernel.reset();
      for (const { name, kind, type } of program.blocks)
        if (kind === 'state') memory.cells(name).fill((type === 'i64' ? 0n : 0) as never);
      compare('reset');
    },
  };
  return bench;
}

/** Test support: random networks, and the same integer input through the kernel and through the reference. */
import type { Profile } from '../emit/profile.ts';
import type { Program } from '../emit/program.ts';
import { createIntegerMemory } from '../emit/integer-memory.ts';
import { compileKernel } from '../compile/compile-kernel.ts';
import type { Layer, Network, View } from '../graph/network.ts';
import type { QuantizedNetwork } from '../quantize/quantize-network.ts';

/** Seeded source of numbers (a 32-bit linear congruential generator, high bits used). */
export interface Random {
  /** -scale .. scale */
  uniform(scale?: number): number;
  integer(min: number, max: number): number;
  pick<T>(items: readonly T[]): T;
  array(length: number, scale?: number): Float64Array;
}

export function random(seed: number): Random {
  let state = (seed * 2654435761 + 12345) >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 4) / 2 ** 28;
  };
  const uniform = (scale = 1): number => (2 * next() - 1) * scale;
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    uniform,
    integer,
    pick: (items) => items[integer(0, items.length - 1)],
    array: (length, scale) => Float64Array.from({ length }, () => uniform(scale)),
  };
}

export const view = (buffer: string, steps: number, features: number, offset = 0): View => ({
  buffer,
  offset,
  steps,
  features,
});

/** A network of one layer that reads `x` and writes `y`; buffers are as large as the views need. */
export function single(layer: Layer, name = layer.name): Network {
  const views = Object.values(layer).filter(
    (v: unknown): v is View => typeof v === 'object' && v !== null && 'features' in v,
  );
  const buffers: Network['buffers'] = Object.fromEntries(
    views.map((v) => [v.buffer, { steps: v.steps, features: v.features }]),
  );
  return { name, buffers, input: views[0].buffer, output: views.at(-1)!.buffer, layers: [layer] };
}

/** One kernel with all stages of several networks; every buffer can be read after a run. */
export interface Bench {
  wasm: Uint8Array;
  source: string;
  /** Writes raw integers to the input of one network, runs its stages on both sides. */
  run(network: QuantizedNetwork, input: Int16Array): { kernel: Int16Array; reference: Int16Array };
  /** The kernel alone: the network's output for a raw input. */
  kernel(network: QuantizedNetwork, input: Int16Array): Int16Array;
}

export async function bench(networks: readonly QuantizedNetwork[], profile: Profile = 'aot'): Promise<Bench> {
  const buffers = new Set(networks.flatMap((n) => Object.values(n.bufferBlocks)));
  const blocks = [...new Set(networks.flatMap((n) => n.blocks))].map((block) =>
    buffers.has(block.name) ? { ...block, kind: 'io' as const } : block,
  );
  const stages = networks.flatMap((n) => n.stages);
  const program: Program = {
    name: 'bench',
    profile,
    blocks,
    stages,
    entries: [{ name: 'model', stages: stages.map((s) => s.name) }],
  };
  const { inputBlock, outputBlock } = networks[0];
  const { wasm, source, plan } = await compileKernel(
    program,
    {
      rateHz: 1,
      windowSeconds: 1,
      hopSeconds: 1,
      steps: 1,
      channels: [],
      trainedForRate: true,
      decision: { kind: 'argmax', classes: 1 },
      io: { modelInput: inputBlock, modelOutput: outputBlock },
    },
    { generator: 'test' },
  );
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm));
  const memory = createIntegerMemory(blocks);
  const cells = (name: string): Int16Array | Int8Array => {
    const { address, bytes, block } = plan.placements.get(name)!;
    const { buffer } = exports.memory as WebAssembly.Memory;
    return block.type === 'i8'
      ? new Int8Array(buffer, address, bytes)
      : new Int16Array(buffer, address, bytes / 2);
  };
  return {
    wasm,
    source,
    kernel(network, input) {
      cells(network.inputBlock).set(input);
      for (const stage of network.stages) (exports[stage.name] as () => void)();
      return cells(network.outputBlock) as Int16Array;
    },
    run(network, input) {
      cells(network.inputBlock).set(input);
      memory.i16(network.inputBlock).set(input);
      for (const stage of network.stages) {
        (exports[stage.name] as () => void)();
        stage.run(memory);
      }
      const outputs = Object.values(network.bufferBlocks);
      return {
        kernel: join(outputs.map((block) => cells(block))),
        reference: join(outputs.map((block) => memory.cells(block) as Int16Array | Int8Array)),
      };
    },
  };
}

/** The integer reference alone: the network's output for a raw input. */
export function runReference(network: QuantizedNetwork, input: Int16Array): Int16Array {
  const memory = createIntegerMemory(network.blocks);
  memory.i16(network.inputBlock).set(input);
  for (const stage of network.stages) stage.run(memory);
  return memory.i16(network.outputBlock);
}

function join(parts: readonly (Int16Array | Int8Array)[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...part]));
}

/** Real values as integers of a format. */
export const toIntegers = (values: Float64Array, scale: number): Int16Array =>
  Int16Array.from(values, (v) => Math.max(-32768, Math.min(32767, Math.round(v / scale))));

/** Signal-to-noise ratio in dB of an integer result against the float one. */
export function snrDb(real: Float64Array, integers: Int16Array, scale: number): number {
  let signal = 0;
  let noise = 0;
  real.forEach((v, k) => {
    signal += v * v;
    noise += (integers[k] * scale - v) ** 2;
  });
  return 10 * Math.log10(signal / noise);
}

/** The Bi-LSTM that is measured, in the three forms of the contenders: same weights, same window. */
import { compileKernel } from '../generator/compile/compile-kernel.ts';
import type { Profile } from '../generator/emit/profile.ts';
import type { Program } from '../generator/emit/program.ts';
import { floats } from '../generator/graph/make-tensor.ts';
import type { Graph, Node } from '../generator/graph/graph.ts';
import type { LstmLayer, Network } from '../generator/graph/network.ts';
import type { Tensor } from '../generator/graph/tensor.ts';
import { evaluateNetwork } from '../generator/layers/evaluate-network.ts';
import { random, single, toIntegers, view } from '../generator/layers/testing.ts';
import { writeOnnx } from '../generator/onnx/write.ts';
import { quantizeNetwork } from '../generator/quantize/quantize-network.ts';

export const shape = { units: 128, inputs: 4, steps: 100 } as const;
const { units, inputs, steps } = shape;
const DIRECTIONS = 2;
const ROWS = 4 * units;

const { array } = random(2024);
/** PyTorch begins at 1 / sqrt(units); trained weights are somewhat larger. */
const layer: LstmLayer = {
  kind: 'lstm',
  name: 'bilstm',
  direction: 'bidirectional',
  hidden: units,
  input: view('x', steps, inputs),
  sequence: view('y', steps, DIRECTIONS * units),
  inputWeights: array(DIRECTIONS * ROWS * inputs, 0.5),
  recurrentWeights: array(DIRECTIONS * ROWS * units, 0.12),
  bias: array(DIRECTIONS * ROWS, 0.1),
};
export const window = array(steps * inputs, 2);
const network: Network = single(layer);

export const macs = DIRECTIONS * steps * ROWS * (inputs + units);

/** [steps][directions * units] in float64. */
export const truth = (): Float64Array => evaluateNetwork(network, window).y!;

export interface KernelCall {
  run(): void;
  /** The last result in real numbers, [steps][directions * units]. */
  result(): Float64Array;
}

/** The layer as a kernel of a profile, instantiated, with the window in place. */
export async function kernelCall(profile: Profile): Promise<KernelCall> {
  const quantized = quantizeNetwork(
    network,
    { windows: [window] },
    { weightBits: 8, activationBits: 16, profile },
  );
  const [stage] = quantized.stages;
  const program: Program = {
    name: 'bench/bilstm',
    profile,
    blocks: quantized.blocks,
    stages: quantized.stages,
    entries: [{ name: 'model', stages: [stage!.name] }],
  };
  const { wasm, manifest } = await compileKernel(
    program,
    {
      rateHz: 1,
      windowSeconds: 1,
      hopSeconds: 1,
      steps,
      channels: [],
      trainedForRate: false,
      decision: { kind: 'argmax', classes: 1 },
      io: { modelInput: quantized.inputBlock, modelOutput: quantized.outputBlock },
    },
    { generator: 'bench' },
  );
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm));
  const memory = exports.memory as WebAssembly.Memory;
  const { modelInput, modelOutput } = manifest.io;
  new Int16Array(memory.buffer, modelInput.address, modelInput.length).set(
    toIntegers(window, modelInput.scale!),
  );
  return {
    run: exports.model as () => void,
    result: () =>
      Float64Array.from(
        new Int16Array(memory.buffer, modelOutput.address, modelOutput.length),
        (v) => v * modelOutput.scale!,
      ),
  };
}

const graphOf = (node: Node, initializers: [string, Tensor][], opsets: Record<string, number>): Graph => ({
  name: 'bilstm',
  opsets,
  inputs: [{ name: 'x', type: 'float32', shape: [steps, 1, inputs] }],
  outputs: ['y'],
  initializers: new Map(initializers),
  nodes: [node],
});

/** Takes the same input and does nothing: what a call of the runtime itself costs. */
export const emptyModel = (): Uint8Array =>
  writeOnnx(
    graphOf(
      { name: 'nothing', op: 'Identity', domain: '', inputs: ['x'], outputs: ['y'], attributes: {} },
      [],
      { '': 17 },
    ),
  );

/** ONNX LSTM: gates i, o, f, c, as in our layers; one bias of two. */
export const floatModel = (): Uint8Array =>
  writeOnnx(
    graphOf(
      {
        name: 'bilstm',
        op: 'LSTM',
        domain: '',
        inputs: ['x', 'w', 'r', 'b'],
        outputs: ['y'],
        attributes: { direction: 'bidirectional', hidden_size: units },
      },
      [
        ['w', floats([DIRECTIONS, ROWS, inputs], layer.inputWeights)],
        ['r', floats([DIRECTIONS, ROWS, units], layer.recurrentWeights)],
        ['b', floats([DIRECTIONS, 2 * ROWS], biases())],
      ],
      { '': 17 },
    ),
  );

function biases(): Float64Array {
  const all = new Float64Array(DIRECTIONS * 2 * ROWS);
  for (let d = 0; d < DIRECTIONS; d++) all.set(layer.bias.subarray(d * ROWS, (d + 1) * ROWS), 2 * d * ROWS);
  return all;
}

/** com.microsoft.DynamicQuantizeLSTM: int8 weights [directions][inputs][rows] with a scale each direction and row. */
export function int8Model(): Uint8Array {
  const w = quantize(layer.inputWeights, inputs);
  const r = quantize(layer.recurrentWeights, units);
  return writeOnnx(
    graphOf(
      {
        name: 'bilstm',
        op: 'DynamicQuantizeLSTM',
        domain: 'com.microsoft',
        inputs: ['x', 'w', 'r', 'b', '', '', '', '', 'ws', 'wz', 'rs', 'rz'],
        outputs: ['y'],
        attributes: { direction: 'bidirectional', hidden_size: units },
      },
      [
        ['w', w.weights],
        ['r', r.weights],
        ['b', floats([DIRECTIONS, 2 * ROWS], biases())],
        ['ws', w.scales],
        ['wz', w.zeros],
        ['rs', r.scales],
        ['rz', r.zeros],
      ],
      { '': 17, 'com.microsoft': 1 },
    ),
  );
}

function quantize(matrix: Float64Array, width: number) {
  const weights = new Float64Array(matrix.length);
  const scales = new Float64Array(DIRECTIONS * ROWS);
  for (let d = 0; d < DIRECTIONS; d++)
    for (let row = 0; row < ROWS; row++) {
      const from = (d * ROWS + row) * width;
      const scale = Math.max(...matrix.subarray(from, from + width).map(Math.abs)) / 127;
      scales[d * ROWS + row] = scale;
      for (let k = 0; k < width; k++)
        weights[(d * width + k) * ROWS + row] = Math.round(matrix[from + k]! / scale);
    }
  return {
    weights: { type: 'int8', shape: [DIRECTIONS, width, ROWS], data: weights } satisfies Tensor,
    scales: floats([DIRECTIONS, ROWS], scales),
    zeros: {
      type: 'int8',
      shape: [DIRECTIONS, ROWS],
      data: new Float64Array(DIRECTIONS * ROWS),
    } satisfies Tensor,
  };
}

/** ONNX gives [steps][directions][1][units]: the order of our rows. */
export function snrDb(result: ArrayLike<number>): number {
  const real = truth();
  let signal = 0;
  let noise = 0;
  real.forEach((v, k) => {
    signal += v * v;
    noise += (result[k]! - v) ** 2;
  });
  return 10 * Math.log10(signal / noise);
}

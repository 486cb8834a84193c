/**
 * One ONNX conformance case as integers: 8-bit weights, 16-bit activations. Kernels have batch 1 and one output, so a case
 * is compiled once for each row of its batch and each output; a row shorter than the window keeps its length.
 *
 * Calibration sees the rows of the case itself. Results are held against the expected outputs of the case as
 * signal-to-noise ratios: 20 log10(|expected| / |expected - found|) over all rows of an output.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { modelRefusals, Refusal } from '../common/refusals/index.ts';
import type { Graph, Node } from '../generator/graph/graph.ts';
import { Attributes } from '../generator/ops/shared/attributes.ts';
import type { Network, View } from '../generator/graph/network.ts';
import type { Tensor } from '../generator/graph/tensor.ts';
import { toNetwork } from '../generator/graph/to-network.ts';
import { bench, runReference, toIntegers } from '../generator/layers/testing.ts';
import { parseOnnx } from '../generator/onnx/parse.ts';
import { quantizeNetwork, type QuantizedNetwork } from '../generator/quantize/quantize-network.ts';
import { anyShape, dataSets } from './conformance-case.ts';

/** Least signal-to-noise ratio of every output, and of the median output of a suite, in dB. */
export const limits = { every: 30, median: 45 };

export interface FixedResult {
  case: string;
  status: 'pass' | 'refused' | 'wrong';
  reason?: string;
  operators: readonly string[];
  /** In dB by output; Infinity where every value is exact. */
  ratios: Readonly<Record<string, number>>;
  /** Kernels that the case takes: rows of the batch times outputs. */
  kernels: number;
}

/** `compiled`: runs the compiled kernels too and holds them to the bits of the reference. */
export async function runFixedCase(folder: string, { compiled = false } = {}): Promise<FixedResult> {
  const result = { case: basename(folder), operators: [] as string[], ratios: {}, kernels: 0 };
  try {
    const bytes = readFileSync(join(folder, 'model.onnx'));
    const [set] = dataSets(folder);
    const open = parseOnnx(bytes, result.case, { inputShapes: anyShape });
    const shapes = new Map(open.inputs.map(({ name, shape }, i) => [name, set!.inputs[i]?.shape ?? shape]));
    const graph = bind(parseOnnx(bytes, result.case, { inputShapes: shapes }), set!.inputs);
    result.operators = [...new Set(graph.nodes.map((node) => node.op))].toSorted();
    const tasks = tasksOf(graph, set!.inputs[0], set!.outputs);
    result.kernels = tasks.length;
    if (compiled) await compareBits(tasks);
    const ratios = ratiosOf(tasks);
    result.ratios = ratios;
    const low = Object.entries(ratios).filter(([, ratio]) => !(ratio >= limits.every));
    if (low.length === 0) return { ...result, status: 'pass' };
    return {
      ...result,
      status: 'wrong',
      reason: `below ${limits.every} dB: ${low.map(([name]) => name).join(', ')}`,
    };
  } catch (error) {
    if (error instanceof Refusal) return { ...result, status: 'refused', reason: error.message };
    return { ...result, status: 'wrong', reason: `internal error: ${(error as Error).message}` };
  }
}

/** As a deployed model: every input but the first is a constant. */
function bind(graph: Graph, inputs: readonly Tensor[]): Graph {
  const constants = graph.inputs.slice(1).map(({ name }, i): [string, Tensor] => [name, inputs[i + 1]!]);
  return {
    ...graph,
    inputs: graph.inputs.slice(0, 1),
    initializers: new Map([...graph.initializers, ...constants]),
  };
}

/** One kernel: one row of the batch, one output. */
interface Task {
  output: string;
  quantized: QuantizedNetwork;
  scale: number;
  input: Int16Array;
  expected: Float64Array;
}

function tasksOf(graph: Graph, x: Tensor | undefined, outputs: readonly Tensor[]): Task[] {
  if (!x) throw modelRefusals.modelInputs(graph.name, 0, 'none');
  const rows = batchOf(graph, x);
  const windows = rows.map((row) => row.window);
  return rows.flatMap((row, r) =>
    graph.outputs.map((output, o): Task => {
      const network = renamed(toNetwork({ ...row.graph, outputs: [output] }), `row${r}_output${o}`);
      const quantized = quantizeNetwork(network, { windows }, { weightBits: 8, activationBits: 16 });
      return {
        output,
        quantized,
        scale: quantized.formats[network.output]!.scale,
        input: toIntegers(row.window, quantized.formats[network.input]!.scale),
        expected: row.part(outputs[o]!, o),
      };
    }),
  );
}

interface Row {
  graph: Graph;
  window: Float64Array;
  /** The row's part of an output. */
  part(output: Tensor, index: number): Float64Array;
}

/** The rows of a batch as graphs of batch 1; a graph without a recurrent node is one row. */
function batchOf(graph: Graph, x: Tensor): Row[] {
  const node = graph.nodes.length === 1 ? graph.nodes[0]! : undefined;
  const recurrent = node && ['RNN', 'GRU', 'LSTM'].includes(node.op);
  if (!recurrent) return [{ graph, window: x.data, part: (output) => output.data }];
  const layout = new Attributes(node).number('layout', 0);
  const batch = x.shape[layout ? 0 : 1]!;
  return Array.from({ length: batch }, (_, row) => ({
    graph: rowGraph(graph, node, row, layout),
    window: slice(x, layout ? 0 : 1, row).data,
    part: (output, index) => slice(output, layout ? 0 : index === indexOfY(node, graph) ? 2 : 1, row).data,
  }));
}

/** Which of the graph's outputs is Y, whose batch lies behind its directions. */
const indexOfY = (node: Node, graph: Graph): number => graph.outputs.indexOf(node.outputs[0] || ' ');

function rowGraph(graph: Graph, node: Node, row: number, layout: number): Graph {
  const initializers = new Map(graph.initializers);
  const cut = (index: number, axis: number): void => {
    const name = node.inputs[index];
    if (name) initializers.set(name, slice(initializers.get(name)!, axis, row));
  };
  cut(4, 0);
  cut(5, layout ? 0 : 1);
  cut(6, layout ? 0 : 1);
  const [input] = graph.inputs;
  const shape = input!.shape.with(layout ? 0 : 1, 1);
  return { ...graph, initializers, inputs: [{ ...input!, shape }] };
}

/** Position `at` of an axis, which stays with size 1. */
function slice(tensor: Tensor, axis: number, at: number): Tensor {
  const { shape, data } = tensor;
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const size = shape[axis]!;
  const kept = data.filter((_, k) => Math.floor(k / inner) % size === at);
  return { ...tensor, shape: shape.with(axis, 1), data: kept };
}

/** The same network under names of its own, so that several fit into one program. */
function renamed(network: Network, prefix: string): Network {
  const name = (buffer: string): string => `${prefix}_${buffer}`;
  const isView = (value: unknown): value is View =>
    typeof value === 'object' && value !== null && 'features' in value && 'buffer' in value;
  const rename = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rename);
    return isView(value) ? { ...value, buffer: name(value.buffer) } : value;
  };
  return {
    ...network,
    buffers: Object.fromEntries(Object.entries(network.buffers).map(([key, shape]) => [name(key), shape])),
    input: name(network.input),
    output: name(network.output),
    layers: network.layers.map((layer) => ({
      ...(Object.fromEntries(
        Object.entries(layer).map(([key, value]) => [key, rename(value)]),
      ) as unknown as typeof layer),
      name: `${prefix}_${layer.name}`,
    })),
  };
}

async function compareBits(tasks: readonly Task[]): Promise<void> {
  const { run } = await bench(tasks.map((task) => task.quantized));
  for (const { quantized, input } of tasks) {
    const { kernel, reference } = run(quantized, input);
    if (Buffer.compare(Buffer.from(kernel.buffer), Buffer.from(reference.buffer)) !== 0)
      throw new Error('the kernel does not give the bits of the integer reference');
  }
}

function ratiosOf(tasks: readonly Task[]): Record<string, number> {
  const sums = new Map<string, { signal: number; noise: number }>();
  for (const { output, quantized, scale, input, expected } of tasks) {
    const sum = sums.get(output) ?? { signal: 0, noise: 0 };
    sums.set(output, sum);
    const found = runReference(quantized, input);
    if (found.length !== expected.length)
      throw new Error(`output ${output} has ${found.length} values instead of ${expected.length}`);
    expected.forEach((value, k) => {
      sum.signal += value * value;
      sum.noise += (found[k]! * scale - value) ** 2;
    });
  }
  return Object.fromEntries(
    [...sums].map(([output, { signal, noise }]) => [
      output,
      noise === 0 ? Infinity : 10 * Math.log10(signal / noise),
    ]),
  );
}

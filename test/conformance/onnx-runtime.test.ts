/**
 * Random nodes against ONNX Runtime, an implementation that owes nothing to this one: shapes, negative axes, broadcasting, strides, pads, ragged
 * recurrent sequences. Needs `npm ci` in bench/; skipped without. A refusal is fine, a different answer is not.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../common/refusals/index.ts';
import type { Attribute, Graph } from '../../generator/graph/graph.ts';
import { floats, int64s, makeTensor } from '../../generator/graph/make-tensor.ts';
import type { Tensor } from '../../generator/graph/tensor.ts';
import { random, type Random } from '../../generator/layers/testing.ts';
import { parseOnnx } from '../../generator/onnx/parse.ts';
import { writeOnnx } from '../../generator/onnx/write.ts';
import { evaluateGraph } from '../../generator/ops/evaluate.ts';

const runtime = fileURLToPath(
  new URL('../../bench/node_modules/onnxruntime-node/package.json', import.meta.url),
);

interface Case {
  op: string;
  /** The first one is an input of the model, the others constants. */
  inputs: (Tensor | undefined)[];
  attributes?: Record<string, Attribute>;
  opset?: number;
  outputs?: number;
}

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const real = (r: Random, ...shape: number[]): Tensor => floats(shape, r.array(size(shape), 2));
const shapeOf = (r: Random, rank = r.integer(1, 4)): number[] =>
  Array.from({ length: rank }, () => r.integer(1, 4));
const narrowed = (r: Random, shape: number[]): number[] =>
  shape.map((n) => (r.integer(0, 2) === 0 ? 1 : n)).slice(r.integer(0, shape.length - 1));
const axisOf = (r: Random, shape: readonly number[]): number => r.integer(-shape.length, shape.length - 1);
const whole = (r: Random, low: number, high: number, ...shape: number[]): Tensor =>
  int64s(
    shape,
    Array.from({ length: size(shape) }, () => r.integer(low, high)),
  );

const families: Record<string, (r: Random) => Case> = {
  broadcasting(r) {
    const shape = shapeOf(r);
    return {
      op: r.pick(['Add', 'Sub', 'Mul', 'Div', 'Max', 'PRelu']),
      inputs: [real(r, ...shape), real(r, ...narrowed(r, shape))],
    };
  },
  reductions(r) {
    const shape = shapeOf(r);
    const op = r.pick([
      'ReduceSum',
      'ReduceMean',
      'ReduceMax',
      'ReduceL1',
      'ReduceL2',
      'ReduceSumSquare',
      'ReduceLogSumExp',
    ]);
    const attributes = { keepdims: r.integer(0, 1) };
    return { op, inputs: [real(r, ...shape), int64s([1], [axisOf(r, shape)])], attributes, opset: 18 };
  },
  normalising(r) {
    const shape = shapeOf(r);
    return {
      op: r.pick(['Softmax', 'LogSoftmax', 'Hardmax']),
      inputs: [real(r, ...shape)],
      attributes: { axis: axisOf(r, shape) },
    };
  },
  slicing(r) {
    const shape = shapeOf(r);
    const one = (value: number) => int64s([1], [value]);
    const bound = () => one(r.pick([r.integer(-6, 6), 100, -100]));
    return {
      op: 'Slice',
      inputs: [real(r, ...shape), bound(), bound(), one(axisOf(r, shape)), one(r.pick([1, 2, -1, -2]))],
    };
  },
  gathering(r) {
    const shape = shapeOf(r);
    const axis = axisOf(r, shape);
    const n = shape.at(axis)!;
    return {
      op: 'Gather',
      inputs: [real(r, ...shape), whole(r, -n, n - 1, ...shapeOf(r, r.integer(0, 2)))],
      attributes: { axis },
    };
  },
  padding(r) {
    const rank = r.integer(1, 3);
    const shape = Array.from({ length: rank }, () => r.integer(3, 5));
    const mode = r.pick(['constant', 'edge', 'reflect']);
    return {
      op: 'Pad',
      inputs: [real(r, ...shape), whole(r, mode === 'constant' ? -1 : 0, 2, 2 * rank)],
      attributes: { mode },
      opset: 18,
    };
  },
  convolutions(r) {
    const [k, group] = [r.integer(1, 3), r.integer(1, 2)];
    const attributes = {
      group,
      strides: [r.integer(1, 2)],
      dilations: [r.integer(1, 2)],
      pads: [r.integer(0, 2), r.integer(0, 2)],
    };
    return {
      op: 'Conv',
      inputs: [real(r, 2, 2 * group, 7), real(r, 2 * group, 2, k), real(r, 2 * group)],
      attributes,
    };
  },
  pools(r) {
    const op = r.pick(['MaxPool', 'AveragePool']);
    const pads = [r.integer(0, 1), r.integer(0, 1)];
    const attributes = {
      kernel_shape: [r.integer(2, 3)],
      strides: [r.integer(1, 3)],
      pads,
      ceil_mode: r.integer(0, 1),
    };
    const more: Record<string, number> = op === 'AveragePool' ? { count_include_pad: r.integer(0, 1) } : {};
    return {
      op,
      inputs: [real(r, 1, 2, r.integer(6, 9))],
      attributes: { ...attributes, ...more },
      opset: 19,
    };
  },
  recurrent(r) {
    // Weights of common size: large ones make states chaotic, and float32 shows.
    const mild = (...shape: number[]): Tensor => floats(shape, r.array(size(shape), 0.8));
    const [op, gates] = r.pick([
      ['RNN', 1],
      ['GRU', 3],
      ['LSTM', 4],
    ] as const);
    const direction = r.pick(['forward', 'reverse', 'bidirectional']);
    const d = direction === 'bidirectional' ? 2 : 1;
    const [steps, batch, inputs, hidden] = [
      r.integer(1, 6),
      r.integer(1, 3),
      r.integer(1, 4),
      r.integer(1, 4),
    ];
    const maybe = (tensor: Tensor): Tensor | undefined => (r.integer(0, 1) ? tensor : undefined);
    const lengths = makeTensor(
      'int32',
      [batch],
      Array.from({ length: batch }, () => r.integer(1, steps)),
    );
    const state = () => maybe(mild(d, batch, hidden));
    const attributes: Record<string, Attribute> = { hidden_size: hidden, direction };
    if (op === 'GRU') attributes.linear_before_reset = r.integer(0, 1);
    // ONNX Runtime takes the clipped cell for the output gate's peephole, the operator's text the cell itself: not together.
    const peepholes = op === 'LSTM' && r.integer(0, 2) === 0;
    if (!peepholes && r.integer(0, 2) === 0) attributes.clip = r.pick([0.5, 1, 3]);
    const weights = [
      mild(d, gates * hidden, inputs),
      mild(d, gates * hidden, hidden),
      maybe(mild(d, 2 * gates * hidden)),
    ];
    const own = op === 'LSTM' ? [state(), ...(peepholes ? [mild(d, 3 * hidden)] : [])] : [];
    const all = [mild(steps, batch, inputs), ...weights, maybe(lengths), state(), ...own];
    return { op, inputs: all, attributes, opset: 14, outputs: op === 'LSTM' ? 3 : 2 };
  },
};

interface Answer {
  dims: readonly number[];
  data: ArrayLike<number | bigint>;
}

async function theirs(bytes: Uint8Array, x: Tensor): Promise<Record<string, Answer>> {
  const ort = createRequire(runtime)('onnxruntime-node') as {
    InferenceSession: {
      create(
        bytes: Uint8Array,
        options: object,
      ): Promise<{ run(feeds: object): Promise<Record<string, Answer>> }>;
    };
    Tensor: new (type: string, data: Float32Array, shape: readonly number[]) => object;
  };
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 4 });
  return session.run({ x0: new ort.Tensor('float32', Float32Array.from(x.data), x.shape) });
}

describe.skipIf(!existsSync(runtime))('ONNX Runtime (bench/node_modules)', () => {
  it.each(Object.keys(families))('agrees on %s', async (family) => {
    const r = random(Object.keys(families).indexOf(family) + 50);
    let compared = 0;
    for (let k = 0; k < 25; k++) {
      const { op, inputs, attributes = {}, opset = 17, outputs = 1 } = families[family]!(r);
      const [x] = inputs as [Tensor];
      const results = Array.from({ length: outputs }, (_, at) => `y${at}`);
      const graph: Graph = {
        ...{
          name: 'g',
          opsets: { '': opset },
          inputs: [{ name: 'x0', type: x.type, shape: x.shape }],
          outputs: results,
        },
        initializers: new Map(inputs.flatMap((t, at) => (t && at > 0 ? [[`x${at}`, t] as const] : []))),
        nodes: [
          {
            ...{ name: 'n', op, domain: '', attributes },
            inputs: inputs.map((t, at) => (t ? `x${at}` : '')),
            outputs: results,
          },
        ],
      };
      const bytes = writeOnnx(graph);
      let ours: Map<string, Tensor>;
      try {
        ours = evaluateGraph(parseOnnx(bytes, 'g'), new Map([['x0', x]]));
      } catch (error) {
        if (error instanceof Refusal) continue;
        throw error;
      }
      const answers = await theirs(bytes, x).catch(() => undefined);
      if (!answers) continue;
      compared++;
      const about = `${op} ${JSON.stringify(attributes)} ${inputs.map((t) => `[${t?.shape.join(' ') ?? ''}]`).join(' ')}`;
      for (const name of results) {
        const [mine, other] = [ours.get(name)!, answers[name]!];
        expect(mine.shape, about).toEqual([...other.dims]);
        mine.data.forEach((value, at) => {
          const wanted = Number(other.data[at]);
          if (value !== wanted && !(Number.isNaN(value) && Number.isNaN(wanted)))
            expect(Math.abs(value - wanted), about).toBeLessThan(1e-4 * (1 + Math.abs(wanted)));
        });
      }
    }
    expect(compared).toBeGreaterThan(15);
  });
});

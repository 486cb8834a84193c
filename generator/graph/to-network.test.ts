/** The network computes what the graph computes, in every spelling; what has no kernel is refused by node name. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { evaluateNetwork } from '../layers/evaluate-network.ts';
import type { Graph } from './graph.ts';
import { floats } from './make-tensor.ts';
import type { Network } from './network.ts';
import { difference, kinds } from './testing/difference.ts';
import { ModelBuilder } from './testing/model-builder.ts';
import { loadModel, referenceWindows, sharedModels, sharedModelsAbsent } from './testing/shared-models.ts';
import { toNetwork } from './to-network.ts';

const names = (network: Network): string[] => network.layers.map((layer) => layer.name);

describe.skipIf(sharedModelsAbsent)(`toNetwork on shared models ${sharedModelsAbsent ?? ''}`, () => {
  it.each(sharedModels)('%s gives the outputs of its framework to 1e-4', (model) => {
    const network = toNetwork(loadModel(model));
    for (const { x, y } of referenceWindows(model, 4)) {
      const output = evaluateNetwork(network, x)[network.output]!;
      expect(output).toHaveLength(y.length);
      output.forEach((value, i) => expect(Math.abs(value - y[i]!)).toBeLessThan(1e-4));
    }
  });

  it('the Bi-LSTM with attention becomes three layers', () => {
    const network = toNetwork(loadModel('pulse/25hz'));
    expect(kinds(network)).toEqual(['lstm', 'attentionPool', 'dense']);
    expect(names(network)).toEqual(['lstm', 'score', 'head']);
    expect([network.input, network.output]).toEqual(['ppg', 'logits']);
    expect(network.buffers.ppg).toEqual({ steps: 100, features: 3 });
  });

  it('the sub-RNN becomes two parallel branches that write one vector', () => {
    const network = toNetwork(loadModel('deepauth/sub128'));
    expect(names(network)).toEqual(['pre', 'head_rnn', 'tail_rnn', 'bottleneck']);
    expect(network.layers.map((layer) => layer.parallel)).toEqual([
      undefined,
      { group: 0, branch: 0 },
      { group: 0, branch: 1 },
      undefined,
    ]);
    expect(network.layers.slice(1, 3).map((layer) => layer.kind === 'lstm' && layer.last)).toEqual([
      { buffer: 'joined', offset: 0, steps: 1, features: 64 },
      { buffer: 'joined', offset: 64, steps: 1, features: 64 },
    ]);
  });
});

type Attention = 'mul' | 'matmul' | 'squeezed' | 'bmm';

/** A recurrent classifier in one of many spellings; all sizes small. */
interface Spelling {
  layout: 0 | 1;
  direction: 'forward' | 'reverse' | 'bidirectional';
  pre: boolean;
  activation: 'none' | 'Relu' | 'Tanh' | 'Sigmoid';
  pool: Attention | 'last' | 'Y_h' | 'flatten';
  tanh: boolean;
  scoreBias: boolean;
  head: 'gemm' | 'transB' | 'matmul' | 'left';
  affine: boolean;
  softmax: boolean;
}

const [T, C, H] = [6, 3, 4];

function build(s: Spelling): Graph {
  const b = new ModelBuilder([1, T, C]);
  let x = 'x';
  let width = C;
  if (s.affine) x = b.add('Add', [b.weights(width), b.add('Mul', [x, b.weights(1, 1, width)])]);
  if (s.pre) {
    x = b.add('Add', [b.add('MatMul', [x, b.weights(width, 5)], {}, 'pre'), b.weights(5)]);
    width = 5;
    if (s.affine) x = b.add('Sub', [x, b.weights(width)]);
    if (s.activation !== 'none') x = b.add(s.activation, [x]);
  }
  const directions = s.direction === 'bidirectional' ? 2 : 1;
  const D = directions * H;
  if (!s.layout) x = b.add('Transpose', [x], { perm: [1, 0, 2] });
  const y = b.add(
    'LSTM',
    [x, b.weights(directions, 4 * H, width), b.weights(directions, 4 * H, H), b.weights(directions, 8 * H)],
    { hidden_size: H, direction: s.direction, layout: s.layout },
    'rnn',
  );
  let vector: string;
  let features = D;
  if (s.pool === 'Y_h') vector = b.add('Reshape', [b.output(y, 1), b.ints(1, D)]);
  else {
    const batchFirst = s.layout ? y : b.add('Transpose', [y], { perm: [2, 0, 1, 3] });
    const steps = b.add('Reshape', [batchFirst, b.ints(1, -1, D)]);
    if (s.pool === 'last') vector = b.add('Gather', [steps, b.scalar(-1)], { axis: 1 });
    else if (s.pool === 'flatten') {
      vector = b.add('Flatten', [steps]);
      features = T * D;
    } else vector = pool(b, steps, D, s);
  }
  return b.graph(head(b, vector, features, s));
}

function pool(b: ModelBuilder, steps: string, D: number, s: Spelling): string {
  const scored = s.tanh ? b.add('Tanh', [steps]) : steps;
  let score = b.add('MatMul', [scored, b.weights(D, 1)], {}, 'score');
  if (s.scoreBias) score = b.add('Add', [score, b.weights(1)]);
  if (s.pool === 'squeezed') {
    const weights = b.add('Softmax', [b.add('Squeeze', [score, b.ints(-1)])], { axis: -1 });
    const product = b.add('Mul', [steps, b.add('Unsqueeze', [weights, b.ints(2)])]);
    return b.add('ReduceSum', [product, b.ints(-2)], { keepdims: 0 });
  }
  const weights = b.add('Softmax', [score], { axis: 1 });
  if (s.pool === 'mul')
    return b.add('ReduceSum', [b.add('Mul', [weights, steps]), b.ints(1)], { keepdims: 0 });
  const turned = (name: string): string => b.add('Transpose', [name], { perm: [0, 2, 1] });
  if (s.pool === 'matmul') return b.add('Squeeze', [b.add('MatMul', [turned(weights), steps]), b.ints(1)]);
  return b.add('Reshape', [b.add('MatMul', [turned(steps), weights]), b.ints(1, D)]);
}

function head(b: ModelBuilder, vector: string, features: number, s: Spelling): string {
  const classes = 3;
  let out: string;
  if (s.head === 'left') {
    const column = b.add('Transpose', [vector], { perm: [1, 0] });
    out = b.add('Transpose', [b.add('MatMul', [b.weights(classes, features), column], {}, 'head')], {
      perm: [1, 0],
    });
  } else if (s.head === 'matmul') {
    out = b.add('Add', [
      b.weights(1, classes),
      b.add('MatMul', [vector, b.weights(features, classes)], {}, 'head'),
    ]);
  } else {
    const transB = s.head === 'transB' ? 1 : 0;
    const matrix = transB ? b.weights(classes, features) : b.weights(features, classes);
    out = b.add('Gemm', [vector, matrix, b.weights(classes)], { alpha: 0.5, beta: 2, transB }, 'head');
  }
  if (s.activation !== 'none') out = b.add(s.activation, [out]);
  return s.softmax ? b.add('Softmax', [out], { axis: 1 }) : out;
}

const spelling: fc.Arbitrary<Spelling> = fc.record({
  layout: fc.constantFrom(0 as const, 1 as const),
  direction: fc.constantFrom('forward' as const, 'reverse' as const, 'bidirectional' as const),
  pre: fc.boolean(),
  activation: fc.constantFrom('none' as const, 'Relu' as const, 'Tanh' as const, 'Sigmoid' as const),
  pool: fc.constantFrom<Spelling['pool'][]>('mul', 'matmul', 'squeezed', 'bmm', 'last', 'Y_h', 'flatten'),
  tanh: fc.boolean(),
  scoreBias: fc.boolean(),
  head: fc.constantFrom<Spelling['head'][]>('gemm', 'transB', 'matmul', 'left'),
  affine: fc.boolean(),
  softmax: fc.boolean(),
});

describe('spellings', () => {
  it('every spelling computes what its graph computes', () => {
    fc.assert(
      fc.property(spelling, (s) => {
        const network = toNetwork(build(s));
        expect(difference(build(s), network)).toBeLessThan(1e-5);
        const pooled = s.pool === 'last' || s.pool === 'Y_h' || s.pool === 'flatten' ? [] : ['attentionPool'];
        expect(kinds(network)).toEqual([
          ...(s.pre ? ['dense'] : []),
          'lstm',
          ...pooled,
          'dense',
          ...(s.softmax ? ['softmax'] : []),
        ]);
      }),
      { numRuns: 300 },
    );
  });

  const plain: Spelling = {
    layout: 0,
    direction: 'forward',
    pre: false,
    activation: 'none',
    pool: 'last',
    tanh: true,
    scoreBias: true,
    head: 'gemm',
    affine: false,
    softmax: false,
  };

  it('an LSTM of which only the last step is read stores that step alone', () => {
    const network = toNetwork(build(plain));
    expect(network.buffers).toEqual({
      x: { steps: T, features: C },
      rnn_last: { steps: 1, features: H },
      head_Gemm_output_0: { steps: 1, features: 3 },
    });
    expect(toNetwork(build({ ...plain, direction: 'reverse' })).buffers.rnn_steps).toEqual({
      steps: T,
      features: H,
    });
  });

  it('an initial state may be any constant, but nothing that the model computes', () => {
    const withState = (value?: number): Graph => {
      const graph = build({ ...plain, pool: 'Y_h' });
      const state = value === undefined ? 'x' : 'h0';
      const nodes = graph.nodes.map((node) =>
        node.op === 'LSTM' ? { ...node, inputs: [...node.inputs, '', state, 'h0'] } : node,
      );
      const h0 = floats([1, 1, H], new Array(H).fill(value ?? 0));
      return { ...graph, nodes, initializers: new Map([...graph.initializers, ['h0', h0]]) };
    };
    expect(difference(withState(0))).toBeLessThan(1e-6);
    expect(difference(withState(0.1))).toBeLessThan(1e-6);
    const graph = withState();
    const weights = graph.nodes.find((node) => node.op === 'LSTM')!.inputs[1]!;
    const square = floats([1, 4 * H, H], new Array(4 * H * H).fill(0));
    const computed: Graph = {
      ...graph,
      inputs: [{ name: 'x', shape: [1, 1, H], type: 'float32' }],
      initializers: new Map([...graph.initializers, [weights, square]]),
    };
    expect(() => toNetwork(computed)).toThrow(
      /^ESC141 Node "\/rnn\/LSTM" \(LSTM\).*computes.*constant initial state/,
    );
  });

  it('parts that do not come from LSTMs are copied together', () => {
    const b = new ModelBuilder([1, 4]);
    const left = b.add('Relu', [b.add('Gemm', ['x', b.weights(4, 2)], {}, 'left')]);
    const right = b.add('Gemm', ['x', b.weights(4, 3)], {}, 'right');
    const graph = b.graph(b.add('Concat', [left, right], { axis: 1 }, 'both'));
    const network = toNetwork(graph);
    expect(kinds(network)).toEqual(['dense', 'dense', 'concat']);
    expect(network.layers.map((layer) => layer.parallel?.branch)).toEqual([0, 1, undefined]);
    expect(difference(graph)).toBeLessThan(1e-6);
  });

  it('an output that is part of a buffer is copied out', () => {
    const b = new ModelBuilder([1, 4]);
    const all = b.add('Gemm', ['x', b.weights(4, 6)], {}, 'head');
    const graph = b.graph(b.add('Slice', [all, b.ints(2), b.ints(5), b.ints(1)]));
    expect(kinds(toNetwork(graph))).toEqual(['dense', 'concat']);
    expect(difference(graph)).toBeLessThan(1e-6);
  });

  it('names are unique and readable', () => {
    const b = new ModelBuilder([1, 4]);
    let x = 'x';
    for (const scope of ['encoder/fc', 'decoder/fc', '', '', 'mix-up.2/fc2']) {
      x = b.add('Tanh', [b.add('Gemm', [x, b.weights(4, 4)], {}, scope)]);
    }
    expect(names(toNetwork(b.graph(x)))).toEqual(['encoder_fc', 'decoder_fc', 'dense', 'dense_2', 'fc2']);
  });
});

const one = (shape: number[], make: (b: ModelBuilder) => string): (() => Network) => {
  const b = new ModelBuilder(shape);
  return () => toNetwork(b.graph(make(b)));
};

describe('refusals by node name', () => {
  const sequence = [1, 5, 3];
  const cases: [string, () => Network, RegExp][] = [
    [
      'no kernel',
      one([1, 4], (b) => b.add('Reshape', [b.add('Shape', ['x']), b.ints(2)])),
      /ESC140 .*constant/,
    ],
    [
      'moving data',
      one(sequence, (b) =>
        b.add('Reshape', [b.add('Transpose', ['x'], { perm: [0, 2, 1] }), b.ints(1, 15)], {}, 'mix'),
      ),
      /ESC140 Node "\/mix\/Reshape" .*move data/,
    ],
    [
      'columns as features',
      one([1, 3, 5], (b) =>
        b.add('MatMul', [b.add('Transpose', ['x'], { perm: [0, 2, 1] }), b.weights(3, 2)], {}, 'fc'),
      ),
      /ESC140 Node "\/fc\/MatMul" .*not stored step by step/,
    ],
    [
      'a gate',
      one(sequence, (b) => b.add('Mul', ['x', b.add('Sigmoid', ['x'])], {}, 'gate')),
      /ESC140 Node "\/gate\/Mul" .*outside attention pooling/,
    ],
    [
      'a product of two inputs',
      one([3, 3], (b) => b.add('MatMul', ['x', b.add('Tanh', ['x'])], {}, 'self')),
      /ESC140 Node "\/self\/MatMul"/,
    ],
    [
      'a sum of features',
      one(sequence, (b) => b.add('ReduceSum', ['x', b.ints(2)], {}, 'sum')),
      /ESC140 Node "\/sum\/ReduceSum" .*something else/,
    ],
    [
      'a sum over time',
      one(sequence, (b) => b.add('ReduceSum', ['x', b.ints(1)], {}, 'sum')),
      /ESC140 Node "\/sum\/ReduceSum" .*outside attention/,
    ],
    [
      'a lone scale',
      one(sequence, (b) => b.add('Mul', ['x', b.weights(3)], {}, 'norm')),
      /ESC140 Node "\/norm\/Mul" .*dense or recurrent/,
    ],
    [
      'a constant that changes over time',
      one(sequence, (b) => b.add('Add', ['x', b.weights(1, 5, 3)], {}, 'position')),
      /ESC140 Node "\/position\/Add" .*step to step/,
    ],
    [
      'joining features step by step',
      one(sequence, (b) => b.add('Concat', ['x', b.add('Tanh', ['x'])], { axis: 2 }, 'join')),
      /ESC140 Node "\/join\/Concat" .*interleaves/,
    ],
    [
      'reversed time',
      one(sequence, (b) =>
        b.add(
          'MatMul',
          [b.add('Slice', ['x', b.ints(-1), b.ints(-Infinity), b.ints(1), b.ints(-1)]), b.weights(3, 2)],
          {},
          'fc',
        ),
      ),
      /ESC140 Node "\/fc\/MatMul"/,
    ],
    [
      'a batch',
      one([2, 5, 3], (b) => b.add('Tanh', ['x'])),
      /ESC144 Model input "x" has the shape \[2, 5, 3\].*batch 1/,
    ],
  ];
  it.each(cases)('%s', (_, build, text) => expect(build).toThrow(text));

  it('integers as input', () => {
    const b = new ModelBuilder([1, 4]);
    const graph = b.graph(b.add('Relu', ['x']));
    const inputs = [{ ...graph.inputs[0]!, type: 'int8' as const }];
    expect(() => toNetwork({ ...graph, inputs })).toThrow(
      /^ESC147 Model input "x" holds int8 values\. Export/,
    );
  });

  it('settings that an operator does not know, and training', () => {
    const b = new ModelBuilder([1, 2]);
    const graph = b.graph(b.add('Tanh', ['x'], { scale: 2 }));
    expect(() => toNetwork(graph)).toThrow(/ESC121 .*\(Tanh\).*"scale" is not known/);
    const c = new ModelBuilder([1, 2]);
    const parameters = Array.from({ length: 4 }, () => c.weights(2));
    const normal = c.add('BatchNormalization', ['x', ...parameters], { training_mode: 1 });
    expect(() => toNetwork(c.graph(normal))).toThrow(/ESC140 .*\(BatchNormalization\).*training mode/);
  });

  it('several inputs or outputs', () => {
    const b = new ModelBuilder([1, 4]);
    const graph = b.graph(b.add('Tanh', ['x']));
    expect(() => toNetwork({ ...graph, outputs: [graph.outputs[0]!, 'x'] })).toThrow(/ESC143 .*2 outputs/);
    const second = { name: 'z', type: 'float32' as const, shape: [1] };
    expect(() => toNetwork({ ...graph, inputs: [...graph.inputs, second] })).toThrow(
      /ESC142 .*2 inputs \(x, z\)/,
    );
  });

  it('attention over other values than those it pools', () => {
    const s: Spelling = {
      layout: 0,
      direction: 'forward',
      pre: false,
      activation: 'none',
      pool: 'mul',
      tanh: true,
      scoreBias: true,
      head: 'gemm',
      affine: false,
      softmax: false,
    };
    const graph = build(s);
    const nodes = graph.nodes.map((node) => (node.op === 'Tanh' ? { ...node, op: 'Sigmoid' } : node));
    expect(() => toNetwork({ ...graph, nodes })).toThrow(/ESC140 .*\(Softmax\).*other values/);
  });
});

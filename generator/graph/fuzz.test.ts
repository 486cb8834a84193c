/** From damaged bytes to a network: a network, or a refusal in one line, and soon. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../common/refusals/index.ts';
import { checkWeights } from '../onnx/check-weights.ts';
import { parseOnnx } from '../onnx/parse.ts';
import { writeOnnx } from '../onnx/write.ts';
import type { Graph } from './graph.ts';
import { ModelBuilder } from './testing/model-builder.ts';
import { toNetwork } from './to-network.ts';

/** A small model with every kind of node that a PyTorch Bi-LSTM export has. */
function recurrent(): Graph {
  const b = new ModelBuilder([1, 6, 2]);
  const x = b.add('Transpose', ['x'], { perm: [1, 0, 2] });
  const batch = b.add('Unsqueeze', [
    b.add('Gather', [b.add('Shape', [x]), b.scalar(1)], { axis: 0 }),
    b.ints(0),
  ]);
  const size = b.add('Concat', [b.ints(2), batch, b.ints(3)], { axis: 0 });
  const zero = b.add('Expand', [b.constant({ type: 'float32', shape: [], data: new Float64Array(1) }), size]);
  const y = b.add(
    'LSTM',
    [x, b.weights(2, 12, 2), b.weights(2, 12, 3), b.weights(2, 24), '', zero, zero],
    { hidden_size: 3, direction: 'bidirectional' },
    'rnn',
  );
  const steps = b.add('Reshape', [b.add('Transpose', [y], { perm: [2, 0, 1, 3] }), b.ints(1, -1, 6)]);
  const half = b.add('Slice', [steps, b.ints(0), b.ints(4), b.ints(1), b.ints(1)]);
  const score = b.add('Add', [b.add('MatMul', [b.add('Tanh', [half]), b.weights(6, 1)]), b.weights(1)]);
  const product = b.add('Mul', [b.add('Softmax', [score], { axis: 1 }), half]);
  const pooled = b.add('ReduceSum', [product, b.ints(1)], { keepdims: 0 });
  const both = b.add('Concat', [pooled, b.add('Relu', [pooled])], { axis: 1 });
  return b.graph(b.add('Gemm', [both, b.weights(3, 12), b.weights(3)], { transB: 1, alpha: 0.5 }, 'head'));
}

function forest(): Graph {
  const b = new ModelBuilder([1, 3]);
  const attributes = {
    nodes_treeids: [0, 0, 0],
    nodes_nodeids: [0, 1, 2],
    nodes_featureids: [1, 0, 0],
    nodes_modes: ['BRANCH_LEQ', 'LEAF', 'LEAF'],
    nodes_values: [0.5, 0, 0],
    nodes_truenodeids: [1, 0, 0],
    nodes_falsenodeids: [2, 0, 0],
    class_treeids: [0, 0],
    class_nodeids: [1, 2],
    class_ids: [0, 1],
    class_weights: [1, 1],
    classlabels_int64s: [3, 4],
  };
  const scaler = { offset: [0.5, 1, 2], scale: [1, 2, 3] };
  const domain = 'ai.onnx.ml';
  const nodes = [
    { name: 'scale', op: 'Scaler', domain, inputs: ['x'], outputs: ['scaled'], attributes: scaler },
    {
      name: 'trees',
      op: 'TreeEnsembleClassifier',
      domain,
      inputs: ['x'],
      outputs: ['label', 'scores'],
      attributes,
    },
  ];
  return { ...b.graph('scores'), opsets: { '': 15, 'ai.onnx.ml': 3 }, nodes };
}

function answers(bytes: Uint8Array, steps?: number): boolean {
  try {
    const graph = parseOnnx(bytes, 'fuzz.onnx');
    checkWeights(graph, 'fuzz.onnx');
    toNetwork(graph, { steps });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.message).not.toContain('\n');
  }
  return true;
}

describe.each([
  ['a recurrent model', writeOnnx(recurrent())],
  ['a forest', writeOnnx(forest())],
])('%s', (_, model) => {
  it('becomes a network when it is whole', () => {
    expect(toNetwork(parseOnnx(model, 'm')).layers.length).toBeGreaterThan(0);
  });

  it('with some bytes changed answers', () => {
    const flip = fc.tuple(fc.nat(model.length - 1), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(fc.array(flip, { minLength: 1, maxLength: 3 }), fc.option(fc.nat(50)), (flips, steps) => {
        const bytes = model.slice();
        for (const [at, mask] of flips) bytes[at]! ^= mask;
        return answers(bytes, steps ?? undefined);
      }),
      { numRuns: 3000 },
    );
  });

  it('with a length or count changed to any small number answers', () => {
    for (let at = 0; at < model.length; at++) {
      for (const value of [0, 1, 2, 3, 5, 127]) {
        const bytes = model.slice();
        bytes[at] = value;
        answers(bytes);
      }
    }
  });
});

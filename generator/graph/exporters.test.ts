/** How PyTorch, Keras (tf2onnx) and scikit-learn (skl2onnx) spell networks; each folds to the same few layers. */
import { describe, expect, it } from 'vitest';
import { floats } from './make-tensor.ts';
import { difference, kinds } from './testing/difference.ts';
import { ModelBuilder } from './testing/model-builder.ts';
import { toNetwork } from './to-network.ts';

const [T, C, H] = [6, 3, 4];

describe('exporters', () => {
  const D = 2 * H;
  const lstm = (b: ModelBuilder, x: string, width: number, scope: string): string =>
    b.add(
      'LSTM',
      [x, b.weights(2, 4 * H, width), b.weights(2, 4 * H, H), b.weights(2, 8 * H)],
      { hidden_size: H, direction: 'bidirectional' },
      scope,
    );

  it('PyTorch: two stacked layers, the last states of both directions joined', () => {
    const b = new ModelBuilder([1, T, C]);
    const x = b.add('Transpose', ['x'], { perm: [1, 0, 2] });
    const first = lstm(b, x, C, 'rnn');
    const turned = b.add('Transpose', [first], { perm: [0, 2, 1, 3] });
    const steps = b.add('Reshape', [turned, b.ints(0, 0, -1)]);
    const second = lstm(b, steps, D, 'rnn.1');
    const states = b.add('Concat', [b.output(first, 1), b.output(second, 1)], { axis: 0 });
    const pick = (index: number): string => b.add('Gather', [states, b.scalar(index)], { axis: 0 });
    const last = b.add('Concat', [pick(-2), pick(-1)], { axis: 1 });
    const graph = b.graph(b.add('Gemm', [last, b.weights(D, 3)], {}, 'head'));
    const network = toNetwork(graph);
    expect(kinds(network)).toEqual(['lstm', 'lstm', 'dense']);
    expect(network.layers[0]).not.toHaveProperty('last.buffer');
    expect(difference(graph, network)).toBeLessThan(1e-6);
    expect(toNetwork(graph, { steps: 11 }).layers[2]).toMatchObject({ input: { steps: 1, features: D } });
  });

  it('tf2onnx: Keras splits the directions and joins them along the features', () => {
    const b = new ModelBuilder([1, T, C]);
    const x = b.add('Transpose', ['x'], { perm: [1, 0, 2] }, 'bidirectional/transpose');
    const y = lstm(b, x, C, 'bidirectional');
    const half = (from: number): string =>
      b.add('Squeeze', [b.add('Slice', [y, b.ints(from), b.ints(from + 1), b.ints(1)]), b.ints(1)]);
    const joined = b.add('Concat', [half(0), half(1)], { axis: 2 });
    const batchFirst = b.add('Transpose', [joined], { perm: [1, 0, 2] });
    const flat = b.add('Reshape', [batchFirst, b.ints(-1, D)]);
    const dense = b.add('MatMul', [flat, b.weights(D, 2)], {}, 'dense/Tensordot');
    const steps = b.add('Reshape', [dense, b.ints(1, T, 2)]);
    const graph = b.graph(b.add('Sigmoid', [b.add('Add', [steps, b.weights(2)])]));
    expect(kinds(toNetwork(graph))).toEqual(['lstm', 'dense']);
    expect(difference(graph)).toBeLessThan(1e-6);
  });

  it('skl2onnx: a scaler in front of an MLP, with casts between', () => {
    const b = new ModelBuilder([1, 4]);
    const cast = (name: string): string => b.add('Cast', [name], { to: 1 });
    const hidden = b.add('Relu', [
      b.add('Add', [b.add('MatMul', [cast('scaled'), b.weights(4, 5)]), b.weights(1, 5)]),
    ]);
    const made = b.graph(cast(b.add('Add', [b.add('MatMul', [hidden, b.weights(5, 3)]), b.weights(1, 3)])));
    const attributes = { offset: [0.1, 0.2, -0.3, 0], scale: [2, 1, 0.5, 3] };
    const scaler = {
      name: 'scaler',
      op: 'Scaler',
      domain: 'ai.onnx.ml',
      inputs: ['x'],
      outputs: ['scaled'],
      attributes,
    };
    const graph = { ...made, opsets: { '': 15, 'ai.onnx.ml': 3 }, nodes: [scaler, ...made.nodes] };
    expect(kinds(toNetwork(graph))).toEqual(['dense', 'dense']);
    expect(difference(graph)).toBeLessThan(1e-6);
  });

  it('skl2onnx: linear regression', () => {
    const b = new ModelBuilder([1, 4]);
    const attributes = { coefficients: [1, -2, 0.5, 3, 0, 1, 1, -1], intercepts: [0.5, -0.5], targets: 2 };
    const node = {
      name: 'regressor',
      op: 'LinearRegressor',
      domain: 'ai.onnx.ml',
      inputs: ['x'],
      outputs: ['y'],
      attributes,
    };
    const graph = { ...b.graph('y'), opsets: { 'ai.onnx.ml': 3 }, nodes: [node] };
    expect(kinds(toNetwork(graph))).toEqual(['dense']);
    expect(difference(graph)).toBeLessThan(1e-6);
  });

  it('batch normalization between layers goes into the weights behind it', () => {
    const b = new ModelBuilder([1, 4]);
    const hidden = b.add('Relu', [b.add('Gemm', ['x', b.weights(4, 5)], {}, 'one')]);
    const variance = b.constant(floats([5], [1, 2, 0.5, 3, 4]));
    const normal = b.add('BatchNormalization', [hidden, b.weights(5), b.weights(5), b.weights(5), variance]);
    const graph = b.graph(b.add('Gemm', [normal, b.weights(5, 2)], {}, 'two'));
    expect(kinds(toNetwork(graph))).toEqual(['dense', 'dense']);
    expect(difference(graph)).toBeLessThan(1e-6);
  });
});

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { evaluateNetwork } from '../layers/evaluate-network.ts';
import { describeNetwork } from './describe.ts';
import type { Graph } from './graph.ts';
import { ModelBuilder } from './testing/model-builder.ts';
import { toNetwork } from './to-network.ts';

/** Dense, two LSTMs on the halves of the window, their last states joined, dense: the sub-RNN of the DeepAuth paper. */
function subRnn(steps: number, parts = 2): Graph {
  const b = new ModelBuilder([1, steps, 3]);
  const pre = b.add('MatMul', ['x', b.weights(3, 4)], {}, 'pre');
  const weights = Array.from({ length: parts }, () => [b.weights(1, 20, 4), b.weights(1, 20, 5)]);
  const states = weights.map(([w, r], i) => {
    const [from, to] = [(i * steps) / parts, ((i + 1) * steps) / parts];
    const half = b.add('Slice', [pre, b.ints(from), b.ints(to), b.ints(1)]);
    const y = b.add(
      'LSTM',
      [b.add('Transpose', [half], { perm: [1, 0, 2] }), w!, r!],
      { hidden_size: 5 },
      `rnn${i}`,
    );
    return b.add('Squeeze', [b.output(y, 1), b.ints(0)]);
  });
  const joined = b.add('Concat', states, { axis: 1 });
  return b.graph(b.add('Gemm', [joined, b.weights(5 * parts, 2)], {}, 'head'));
}

const wave = (count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(0.9 * i));

describe('retime', () => {
  it('equals the same model built for that number of steps', () => {
    for (const steps of [4, 10, 40]) {
      const retimed = toNetwork(subRnn(20), { steps });
      const built = toNetwork(subRnn(steps));
      expect(retimed).toEqual(built);
      expect(evaluateNetwork(retimed, wave(3 * steps))).toEqual(evaluateNetwork(built, wave(3 * steps)));
    }
  });

  it('halves of an odd number of steps still cover it once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 600 }), fc.integer({ min: 2, max: 3 }), (steps, parts) => {
        const network = toNetwork(subRnn(12, parts), { steps });
        const slices = network.layers.flatMap((layer) => (layer.kind === 'lstm' ? [layer.input] : []));
        let next = 0;
        for (const slice of slices) {
          expect(slice.offset).toBe(next);
          next += slice.steps * slice.features;
        }
        expect(next).toBe(steps * 4);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps parameters and scales MACs of layers over time', () => {
    const before = describeNetwork(toNetwork(subRnn(20)));
    const after = describeNetwork(toNetwork(subRnn(20), { steps: 40 }));
    expect(after.map((l) => l.parameters)).toEqual(before.map((l) => l.parameters));
    expect(after.map((l) => l.macs)).toEqual([480, 3600, 3600, 20]);
    expect(before.map((l) => l.macs)).toEqual([240, 1800, 1800, 20]);
  });

  it('keeps a pick of the last step of a bidirectional LSTM at the end', () => {
    const b = new ModelBuilder([8, 1, 3]);
    const y = b.add(
      'LSTM',
      ['x', b.weights(2, 8, 3), b.weights(2, 8, 2)],
      { direction: 'bidirectional' },
      'rnn',
    );
    const last = b.add('Reshape', [b.add('Gather', [y, b.scalar(-1)], { axis: 0 }), b.ints(1, 4)]);
    const network = toNetwork(b.graph(b.add('Gemm', [last, b.weights(4, 2)], {}, 'head')), { steps: 13 });
    expect(network.layers[1]).toMatchObject({ input: { offset: 12 * 4, steps: 1, features: 4 } });
  });

  it('refuses a model that flattens time into features', () => {
    const b = new ModelBuilder([1, 6, 3]);
    const graph = b.graph(b.add('Gemm', [b.add('Flatten', ['x']), b.weights(18, 2)], {}, 'fc'));
    expect(() => toNetwork(graph, { steps: 12 })).toThrow(
      /^ESC145 Layer fc reads the time axis as features.*Train a model/,
    );
    expect(toNetwork(graph, { steps: 6 })).toEqual(toNetwork(graph));
  });

  it('refuses numbers of steps that leave a part empty or make no sense', () => {
    expect(() => toNetwork(subRnn(20), { steps: 0 })).toThrow(/^ESC146 .*at least one step/);
    expect(() => toNetwork(subRnn(20), { steps: 1.5 })).toThrow(/^ESC146/);
    expect(() => toNetwork(subRnn(20, 2), { steps: 1 })).toThrow(
      /^ESC146 .*would read no steps.*Choose a rate/,
    );
  });

  it('refuses a model without a time axis', () => {
    const b = new ModelBuilder([1, 6]);
    const graph = b.graph(b.add('Gemm', ['x', b.weights(6, 2)], {}, 'fc'));
    expect(() => toNetwork(graph, { steps: 12 })).toThrow(/^ESC146 .*without a time axis/);
  });
});

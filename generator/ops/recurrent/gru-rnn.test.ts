/** GRU and RNN with one unit, written out by hand; direction, lengths and layouts are tested with LSTM, whose code they share. */
import { describe, expect, it } from 'vitest';
import { floats } from '../../graph/make-tensor.ts';
import { run } from '../testing.ts';

const s = (x: number): number => 1 / (1 + Math.exp(-x));
const xs = [0.5, -1.25, 2, 0.75];
const close = (actual: ArrayLike<number>, expected: ArrayLike<number>): void => {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) expect(actual[i]).toBeCloseTo(expected[i]!, 6);
};

describe('GRU, one unit', () => {
  const [w, r] = [
    [0.4, -0.7, 1.1],
    [0.9, 0.3, -0.8],
  ];
  const [wb, rb] = [
    [0.1, -0.2, 0.3],
    [-0.4, 0.5, 0.6],
  ];
  const inputs = [
    floats([4, 1, 1], xs),
    floats([1, 3, 1], w!),
    floats([1, 3, 1], r!),
    floats([1, 6], [...wb!, ...rb!]),
    undefined,
    floats([1, 1, 1], [0.25]),
  ];

  it.each([0, 1])('linear_before_reset = %d', (linear) => {
    let h = 0.25;
    const expected = xs.map((x) => {
      const z = s(w![0]! * x + r![0]! * h + wb![0]! + rb![0]!);
      const reset = s(w![1]! * x + r![1]! * h + wb![1]! + rb![1]!);
      const recurrent = linear ? reset * (r![2]! * h + rb![2]!) : r![2]! * (reset * h) + rb![2]!;
      h = (1 - z) * Math.tanh(w![2]! * x + recurrent + wb![2]!) + z * h;
      return h;
    });
    const [y, last] = run('GRU', inputs, { attributes: { linear_before_reset: linear }, outputs: 2 });
    close(y!.data, expected);
    close(last!.data, expected.slice(-1));
  });

  it('refuses an LSTM input', () => {
    expect(() => run('GRU', [...inputs, floats([1], [1])])).toThrow(/7 inputs instead of at most 6/);
  });
});

describe('RNN, one unit', () => {
  const inputs = [
    floats([4, 1, 1], xs),
    floats([1, 1, 1], [0.7]),
    floats([1, 1, 1], [-0.6]),
    floats([1, 2], [0.1, 0.2]),
  ];
  const expected = (f: (x: number) => number): number[] => {
    let h = 0;
    return xs.map((x) => (h = f(0.7 * x - 0.6 * h + 0.3)));
  };

  it('has tanh by default', () => close(run('RNN', inputs)[0]!.data, expected(Math.tanh)));

  it('takes other activations, with their constants, and clips their argument', () => {
    const leaky = run('RNN', inputs, { attributes: { activations: ['LeakyRelu'], activation_alpha: [0.5] } });
    close(
      leaky[0]!.data,
      expected((x) => (x >= 0 ? x : 0.5 * x)),
    );
    const clipped = run('RNN', inputs, { attributes: { activations: ['Relu'], clip: 0.4 } });
    close(
      clipped[0]!.data,
      expected((x) => Math.max(0, Math.min(x, 0.4))),
    );
  });

  it('refuses an activation without the constants that it needs', () => {
    expect(() => run('RNN', inputs, { attributes: { activations: ['ScaledTanh'] } })).toThrow(
      /ScaledTanh.*constants/,
    );
  });
});

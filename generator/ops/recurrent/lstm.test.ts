/** LSTM against an independent spelling: one scalar unit written out by hand, and laws that hold for any weights. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { floats, makeTensor } from '../../graph/make-tensor.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { run } from '../testing.ts';

const s = (x: number): number => 1 / (1 + Math.exp(-x));

/** One unit, one input: gates i, o, f, c with input weights w, recurrent weights r, biases b, peepholes i, o, f. */
function scalarLstm(
  xs: number[],
  w: number[],
  r: number[],
  b: number[],
  p: number[],
  h = 0,
  c = 0,
): number[] {
  return xs.map((x) => {
    const i = s(w[0]! * x + r[0]! * h + b[0]! + p[0]! * c);
    const f = s(w[2]! * x + r[2]! * h + b[2]! + p[2]! * c);
    c = f * c + i * Math.tanh(w[3]! * x + r[3]! * h + b[3]!);
    const o = s(w[1]! * x + r[1]! * h + b[1]! + p[1]! * c);
    h = o * Math.tanh(c);
    return h;
  });
}

const wave = (count: number, phase = 0): number[] =>
  Array.from({ length: count }, (_, i) => Math.sin(1.7 * i + phase));

/** One direction of a two-direction weight tensor. */
const half = (t: Tensor, d: number): Tensor =>
  floats([1, ...t.shape.slice(1)], t.data.subarray((d * t.data.length) / 2, ((d + 1) * t.data.length) / 2));

const close = (actual: ArrayLike<number>, expected: ArrayLike<number>): void => {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) expect(actual[i]).toBeCloseTo(expected[i]!, 6);
};

describe('LSTM, one unit', () => {
  const xs = wave(6);
  const [w, r, p] = [wave(4, 1), wave(4, 2), wave(3, 3)];
  const b = wave(8, 4);
  const sum = [0, 1, 2, 3].map((gate) => b[gate]! + b[gate + 4]!);
  const tensors = (extra: (Tensor | undefined)[] = []): (Tensor | undefined)[] => [
    floats([6, 1, 1], xs),
    floats([1, 4, 1], w),
    floats([1, 4, 1], r),
    floats([1, 8], b),
    ...extra,
  ];

  it('sums both biases', () => {
    const [y, h] = run('LSTM', tensors(), { attributes: { hidden_size: 1 }, outputs: 3 });
    const expected = scalarLstm(xs, w, r, sum, [0, 0, 0]);
    close(y!.data, expected);
    close(h!.data, expected.slice(-1));
  });

  it('has peepholes and initial states', () => {
    const extra = [undefined, floats([1, 1, 1], [0.3]), floats([1, 1, 1], [-0.6]), floats([1, 3], p)];
    close(run('LSTM', tensors(extra))[0]!.data, scalarLstm(xs, w, r, sum, p, 0.3, -0.6));
  });

  it('couples the gates, clips, and changes activations', () => {
    const step = run(
      'LSTM',
      [floats([1, 1, 1], [10]), floats([1, 4, 1], [1, 1, 1, 1]), floats([1, 4, 1], [0, 0, 0, 0])],
      {
        attributes: {
          clip: 0.5,
          input_forget: 1,
          activations: ['HardSigmoid', 'Relu', 'Affine'],
          activation_alpha: [0.25, 2],
          activation_beta: [0.5, 1],
        },
        outputs: 3,
      },
    );
    // i = o = 0.25 * 0.5 + 0.5, c' = i * 0.5, h = o * (2 * min(c', 0.5) + 1)
    close(step[2]!.data, [0.625 * 0.5]);
    close(step[1]!.data, [0.625 * (2 * 0.3125 + 1)]);
  });

  it('reverse is forward on the reversed sequence, in time order', () => {
    const [y, h] = run('LSTM', tensors(), { attributes: { direction: 'reverse' }, outputs: 2 });
    const expected = scalarLstm(xs.toReversed(), w, r, sum, [0, 0, 0]);
    close(y!.data, expected.toReversed());
    close(h!.data, expected.slice(-1));
  });

  it('a short row stops early, is padded with zeros and reverses within its own length', () => {
    const lengths = makeTensor('int32', [1], [4]);
    const [y, h] = run('LSTM', tensors([lengths]), { attributes: { direction: 'reverse' }, outputs: 2 });
    const expected = scalarLstm(xs.slice(0, 4).toReversed(), w, r, sum, [0, 0, 0]);
    close(y!.data, [...expected.toReversed(), 0, 0]);
    close(h!.data, expected.slice(-1));
  });
});

describe('LSTM laws', () => {
  const random = fc.record({
    steps: fc.integer({ min: 1, max: 5 }),
    batch: fc.integer({ min: 1, max: 3 }),
    width: fc.integer({ min: 1, max: 3 }),
    hidden: fc.integer({ min: 1, max: 4 }),
    phase: fc.double({ min: 0, max: 6, noNaN: true }),
  });

  it('bidirectional is forward and reverse side by side; layout 1 is layout 0 with batch first', () => {
    fc.assert(
      fc.property(random, ({ steps, batch, width, hidden, phase }) => {
        const x = floats([steps, batch, width], wave(steps * batch * width, phase));
        const w = floats([2, 4 * hidden, width], wave(8 * hidden * width, phase + 1));
        const r = floats([2, 4 * hidden, hidden], wave(8 * hidden * hidden, phase + 2));
        const [y] = run('LSTM', [x, w, r], { attributes: { direction: 'bidirectional' } });
        const one = ['forward', 'reverse'].map(
          (direction, d) => run('LSTM', [x, half(w, d), half(r, d)], { attributes: { direction } })[0]!,
        );
        const [batchFirst] = run(
          'LSTM',
          [run('Transpose', [x], { attributes: { perm: [1, 0, 2] } })[0], w, r],
          {
            attributes: { direction: 'bidirectional', layout: 1 },
          },
        );
        for (let t = 0; t < steps; t++) {
          for (let d = 0; d < 2; d++) {
            for (let row = 0; row < batch; row++) {
              for (let unit = 0; unit < hidden; unit++) {
                const value = y!.data[((t * 2 + d) * batch + row) * hidden + unit]!;
                expect(value).toBe(one[d]!.data[(t * batch + row) * hidden + unit]);
                expect(value).toBe(batchFirst!.data[((row * steps + t) * 2 + d) * hidden + unit]);
              }
            }
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('LSTM refusals', () => {
  const base = [floats([2, 1, 1], [1, 2]), floats([1, 4, 1], [1, 1, 1, 1]), floats([1, 4, 1], [1, 1, 1, 1])];
  it.each([
    [
      'an unknown activation',
      { activations: ['Sigmoid', 'Gelu', 'Tanh'] },
      /ESC121 Node "node" \(LSTM\).*"Gelu"/,
    ],
    ['too few activations', { activations: ['Sigmoid'] }, /ESC122 .*1 activations instead of 3/],
    ['an unknown direction', { direction: 'sideways' }, /ESC122 .*direction is "sideways"/],
    ['an unknown attribute', { gate_order: 1 }, /ESC121 .*"gate_order" is not known/],
    ['a wrong size', { hidden_size: 2 }, /ESC122 .*W is \[1, 4, 1\] instead of \[1, 8, 1\]/],
  ])('%s', (_, attributes, text) => expect(() => run('LSTM', base, { attributes })).toThrow(text));

  it('a sequence of length 0', () => {
    const lengths = makeTensor('int32', [1], [0]);
    expect(() => run('LSTM', [...base, undefined, lengths])).toThrow(/ESC121 .*length 0/);
  });
});

/** Activations at points whose values are known in closed form, and their changes between operator sets. */
import { describe, expect, it } from 'vitest';
import type { Attribute } from '../../graph/graph.ts';
import { floats } from '../../graph/make-tensor.ts';
import { erfOf } from '../math/erf.ts';
import { run } from '../testing.ts';

const at = (op: string, x: number, attributes: Record<string, Attribute> = {}): number =>
  run(op, [floats([1], [x])], { attributes, opset: 24 })[0]!.data[0]!;

describe('closed forms', () => {
  const ln2 = Math.log(2);
  const cases: [string, number, number, Record<string, Attribute>?][] = [
    ['Sigmoid', 0, 0.5],
    ['Sigmoid', -1000, 0],
    ['Sigmoid', 1000, 1],
    ['Softplus', 0, ln2],
    ['Softplus', 1000, 1000],
    ['Softplus', -1000, 0],
    ['Softsign', -3, -0.75],
    ['Elu', -ln2, -1, { alpha: 2 }],
    ['Celu', -2 * ln2, -1, { alpha: 2 }],
    ['Selu', 2, 2.10140204],
    ['LeakyRelu', -2, -0.5, { alpha: 0.25 }],
    ['ThresholdedRelu', 1, 0],
    ['Shrink', 2, 1.5, { bias: 0.5 }],
    ['Shrink', -0.5, 0],
    ['HardSigmoid', 1, 0.7],
    ['HardSwish', 3, 3],
    ['HardSwish', 1, 2 / 3],
    ['Swish', 0.5, 0.5 / (1 + Math.exp(-1)), { alpha: 2 }],
    ['Mish', 0, 0],
    ['Gelu', 0, 0],
    ['Round', 2.5, 2],
    ['Round', -3.5, -4],
  ];
  it.each(cases)('%s(%d) = %d', (op, x, expected, attributes) => {
    expect(at(op, x, attributes)).toBeCloseTo(expected, 6);
  });

  it('erf agrees with tabulated values (Abramowitz and Stegun, table 7.1)', () => {
    const table: [number, number][] = [
      [0.5, 0.5204998778],
      [1, 0.8427007929],
      [1.5, 0.9661051465],
      [2, 0.995322265],
    ];
    for (const [x, expected] of table) expect(erfOf(x)).toBeCloseTo(expected, 9);
    expect(erfOf(-1)).toBe(-erfOf(1));
    expect([erfOf(0), erfOf(7)]).toEqual([0, 1]);
  });
});

describe('softmax', () => {
  const x = floats([1, 2, 2], [0, Math.log(3), 0, 0]);
  it('runs along the last axis from operator set 13 on', () => {
    const [y] = run('Softmax', [x], { opset: 13 });
    [0.25, 0.75, 0.5, 0.5].forEach((value, i) => expect(y!.data[i]).toBeCloseTo(value, 6));
  });

  it('runs over all axes from 1 on before', () => {
    const [y] = run('Softmax', [x], { opset: 11 });
    [1, 3, 1, 1].forEach((value, i) => expect(y!.data[i]).toBeCloseTo(value / 6, 6));
  });

  it('does not overflow', () => {
    expect([...run('Softmax', [floats([2], [10000, 10000])])[0]!.data]).toEqual([0.5, 0.5]);
    expect(run('LogSoftmax', [floats([2], [0, 10000])])[0]!.data[0]).toBe(-10000);
  });

  it('Hardmax marks the first maximum', () => {
    expect([...run('Hardmax', [floats([3], [1, 4, 4])])[0]!.data]).toEqual([0, 1, 0]);
  });
});

describe('Clip', () => {
  const x = floats([3], [-5, 0, 5]);
  it('has attributes before operator set 11, inputs after', () => {
    expect([...run('Clip', [x], { opset: 6, attributes: { min: -1, max: 2 } })[0]!.data]).toEqual([-1, 0, 2]);
    expect([...run('Clip', [x, undefined, floats([], [2])])[0]!.data]).toEqual([-5, 0, 2]);
  });

  it('gives the upper bound where the bounds cross', () => {
    expect([...run('Clip', [x, floats([], [3]), floats([], [1])])[0]!.data]).toEqual([1, 1, 1]);
  });

  it('refuses the attributes of another operator set', () => {
    expect(() => run('Clip', [x], { attributes: { min: 0 } })).toThrow(/ESC121 .*"min" is not known/);
  });
});

it('PRelu before operator set 7 has one slope a channel', () => {
  const x = floats([1, 2, 2], [-1, 1, -1, 1]);
  expect(
    [...run('PRelu', [x, floats([2], [0.1, 0.2])], { opset: 6 })[0]!.data].map((v) => v.toFixed(2)),
  ).toEqual(['-0.10', '1.00', '-0.20', '1.00']);
});

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { floats, makeTensor } from '../../graph/make-tensor.ts';
import { run } from '../testing.ts';

const u8 = (shape: number[], values: number[]) => makeTensor('uint8', shape, values);
const scalar = (value: number) => floats([], [value]);

describe('QuantizeLinear', () => {
  it('rounds halves to even and saturates', () => {
    const x = floats([5], [1, 3, 5, 1000, -1000]);
    const [y] = run('QuantizeLinear', [x, scalar(2), makeTensor('int8', [], [10])]);
    expect(y).toEqual(makeTensor('int8', [5], [10, 12, 12, 127, -128]));
  });

  it('has scales by axis and by block', () => {
    const x = floats([2, 2], [2, 2, 2, 2]);
    expect([...run('QuantizeLinear', [x, floats([2], [1, 2])])[0]!.data]).toEqual([2, 1, 2, 1]);
    expect([
      ...run('QuantizeLinear', [x, floats([2], [1, 2])], { attributes: { axis: 0 } })[0]!.data,
    ]).toEqual([2, 2, 1, 1]);
    const long = floats([1, 4], [4, 4, 4, 4]);
    const blocked = run('QuantizeLinear', [long, floats([1, 2], [1, 2])], {
      attributes: { axis: 1, block_size: 2 },
    });
    expect([...blocked[0]!.data]).toEqual([4, 4, 2, 2]);
  });

  it('refuses types that it does not know and values without a place', () => {
    expect(() => run('QuantizeLinear', [scalar(1), scalar(1)], { attributes: { output_dtype: 22 } })).toThrow(
      /quantizes to int4/,
    );
    expect(() => run('QuantizeLinear', [scalar(NaN), scalar(1)])).toThrow(/not a number/);
  });

  it('is undone by DequantizeLinear to half a step', () => {
    fc.assert(
      fc.property(fc.double({ min: -12, max: 12, noNaN: true }), (value) => {
        const zero = makeTensor('int8', [], [0]);
        const [q] = run('QuantizeLinear', [scalar(value), scalar(0.1), zero]);
        const [x] = run('DequantizeLinear', [q, scalar(0.1), zero]);
        expect(Math.abs(x!.data[0]! - value)).toBeLessThanOrEqual(0.0500001);
      }),
    );
  });
});

it('DynamicQuantizeLinear covers the range and zero', () => {
  const [y, scale, zero] = run('DynamicQuantizeLinear', [floats([3], [-1, 0, 4.1])], {
    outputs: 3,
    opset: 11,
  });
  expect(scale!.data[0]).toBeCloseTo(5.1 / 255, 7);
  expect(zero!.data[0]).toBe(50);
  expect([...y!.data]).toEqual([0, 50, 255]);
  expect(() => run('DynamicQuantizeLinear', [floats([1], [0])], { outputs: 3 })).toThrow(/all zero/);
});

it('QLinearMatMul rescales, rounds and saturates', () => {
  const product = (yScale: number) =>
    run('QLinearMatMul', [
      u8([1, 2], [3, 5]),
      scalar(0.5),
      u8([], [1]),
      u8([2, 1], [10, 20]),
      scalar(0.25),
      u8([], [0]),
      scalar(yScale),
      u8([], [7]),
    ])[0]!.data[0];
  // (2 x 10 + 4 x 20) x 0.125 = 12.5
  expect(product(1)).toBe(12 + 7);
  expect(product(0.01)).toBe(255);
});

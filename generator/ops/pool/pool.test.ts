import { describe, expect, it } from 'vitest';
import { floats, int64s } from '../../graph/make-tensor.ts';
import { run } from '../testing.ts';

const line = (...values: number[]) => floats([1, 1, values.length], values);
const pool = (
  op: string,
  x: ReturnType<typeof line>,
  attributes: Record<string, number | number[] | string>,
) => [...run(op, [x], { attributes })[0]!.data];

describe('pooling over time', () => {
  const x = line(1, 2, 3, 4, 5);
  it('averages, with or without the padding', () => {
    const attributes = { kernel_shape: [3], pads: [1, 1], strides: [2] };
    expect(pool('AveragePool', x, attributes)).toEqual([1.5, 3, 4.5]);
    expect(pool('AveragePool', x, { ...attributes, count_include_pad: 1 })).toEqual([1, 3, 3]);
  });

  it('ceil_mode adds a short last window, unless it would start behind the input', () => {
    const even = { kernel_shape: [2], strides: [2], ceil_mode: 1 };
    expect(pool('MaxPool', x, even)).toEqual([2, 4, 5]);
    expect(pool('AveragePool', x, even)).toEqual([1.5, 3.5, 5]);
    expect(pool('MaxPool', line(1, 2), { kernel_shape: [1], strides: [2], ceil_mode: 1 })).toEqual([1]);
  });

  it('LpPool sums powers', () => {
    expect(pool('LpPool', line(3, -4), { kernel_shape: [2], p: 2 })).toEqual([5]);
    expect(pool('LpPool', line(3, -4), { kernel_shape: [2], p: 1 })).toEqual([7]);
  });

  it('MaxPool names the places of the maxima in the whole input', () => {
    const two = floats([1, 2, 4], [1, 9, 3, 4, 8, 7, 6, 5]);
    const [, indices] = run('MaxPool', [two], {
      attributes: { kernel_shape: [2], strides: [2] },
      outputs: 2,
    });
    expect(indices).toEqual(int64s([1, 2, 2], [1, 3, 4, 6]));
  });

  it('MaxPool counts columns first with storage_order 1', () => {
    const image = floats([1, 1, 2, 3], [0, 0, 0, 0, 0, 9]);
    const place = (order: number) => {
      const attributes = { kernel_shape: [2, 3], storage_order: order };
      return run('MaxPool', [image], { attributes, outputs: 2 })[1]!.data[0];
    };
    expect([place(0), place(1)]).toEqual([5, 5]);
    const corner = floats([1, 1, 2, 3], [0, 9, 0, 0, 0, 0]);
    const [, index] = run('MaxPool', [corner], {
      attributes: { kernel_shape: [2, 3], storage_order: 1 },
      outputs: 2,
    });
    expect(index!.data[0]).toBe(2);
  });

  it('global pools keep axes of size 1', () => {
    expect(run('GlobalAveragePool', [x])[0]).toEqual(floats([1, 1, 1], [3]));
    expect(run('GlobalMaxPool', [x])[0]).toEqual(floats([1, 1, 1], [5]));
    expect(run('GlobalLpPool', [line(3, 4)])[0]).toEqual(floats([1, 1, 1], [5]));
  });

  it('refuses a kernel wider than its input and unknown padding', () => {
    expect(() => pool('MaxPool', x, { kernel_shape: [6] })).toThrow(/ESC122 .*wider than axis 0/);
    expect(() => pool('MaxPool', x, { kernel_shape: [2], auto_pad: 'SAME' })).toThrow(/auto_pad is "SAME"/);
    expect(() =>
      pool('MaxPool', x, { kernel_shape: [2], auto_pad: 'VALID', ceil_mode: 1, strides: [2] }),
    ).toThrow(/two readings/);
  });
});

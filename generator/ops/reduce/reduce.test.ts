import { describe, expect, it } from 'vitest';
import { floats, int64s, makeTensor } from '../../graph/make-tensor.ts';
import { run } from '../testing.ts';

const x = floats([2, 3], [1, 2, 3, 4, 5, 6]);

describe('reductions', () => {
  it('take axes as an attribute first, as an input later', () => {
    expect(run('ReduceSum', [x], { opset: 11, attributes: { axes: [1] } })[0]).toEqual(
      floats([2, 1], [6, 15]),
    );
    expect(run('ReduceSum', [x, int64s([1], [-1])], { opset: 13, attributes: { keepdims: 0 } })[0]).toEqual(
      floats([2], [6, 15]),
    );
    expect(run('ReduceMean', [x], { opset: 17, attributes: { axes: [0] } })[0]).toEqual(
      floats([1, 3], [2.5, 3.5, 4.5]),
    );
    expect(() => run('ReduceSum', [x], { opset: 13, attributes: { axes: [1] } })).toThrow(
      /"axes" is not known/,
    );
  });

  it('of integers stay integers: the fraction of a mean or a norm is dropped', () => {
    const whole = makeTensor('int32', [4], [-3, -4, 2, 0]);
    // -5 / 4 = -1.25; sqrt(29) = 5.385
    expect(run('ReduceMean', [whole])[0]).toEqual(makeTensor('int32', [1], [-1]));
    expect(run('ReduceL2', [whole])[0]).toEqual(makeTensor('int32', [1], [5]));
  });

  it('without axes fold everything, or nothing if told so', () => {
    expect(run('ReduceProd', [x])[0]).toEqual(floats([1, 1], [720]));
    const square = run('ReduceSumSquare', [x], { attributes: { noop_with_empty_axes: 1 } });
    expect(square[0]).toEqual(floats([2, 3], [1, 4, 9, 16, 25, 36]));
  });

  it('of nothing give the neutral element', () => {
    const none = floats([2, 0], []);
    const of = (op: string) => [
      ...run(op, [none, int64s([1], [1])], { attributes: { keepdims: 0 } })[0]!.data,
    ];
    expect(of('ReduceSum')).toEqual([0, 0]);
    expect(of('ReduceProd')).toEqual([1, 1]);
    expect(of('ReduceMax')).toEqual([-Infinity, -Infinity]);
    expect(of('ReduceLogSumExp')).toEqual([-Infinity, -Infinity]);
  });

  it('ReduceLogSumExp does not overflow', () => {
    expect(run('ReduceLogSumExp', [floats([2], [1000, 1000])])[0]!.data[0]).toBeCloseTo(
      1000 + Math.log(2),
      3,
    );
  });

  it('lengths: L1, L2', () => {
    const v = floats([2], [3, -4]);
    expect(run('ReduceL1', [v])[0]!.data[0]).toBe(7);
    expect(run('ReduceL2', [v])[0]!.data[0]).toBe(5);
  });

  it('refuse repeated and outside axes', () => {
    expect(() => run('ReduceSum', [x, int64s([2], [1, -1])])).toThrow(/ESC122 .*axes \[1, 1\] repeat/);
    expect(() => run('ReduceSum', [x, int64s([1], [2])])).toThrow(
      /ESC122 .*axis 2 is outside a tensor of rank 2/,
    );
  });
});

describe('ArgMax and ArgMin', () => {
  const ties = floats([2, 3], [1, 3, 3, 2, 2, 5]);
  it('name the first of equals, or the last', () => {
    expect([...run('ArgMax', [ties], { attributes: { axis: 1 } })[0]!.data]).toEqual([1, 2]);
    const last = run('ArgMax', [ties], { attributes: { axis: 1, keepdims: 0, select_last_index: 1 } })[0];
    expect(last).toEqual(int64s([2], [2, 2]));
    expect([...run('ArgMin', [ties], { attributes: { axis: -1 } })[0]!.data]).toEqual([0, 0]);
  });

  it('refuse NaN, which has no place in an order', () => {
    expect(() => run('ArgMax', [floats([2], [1, NaN])])).toThrow(/ESC121 .*NaN/);
  });
});

it('CumSum runs from either end, with or without the element itself', () => {
  const v = floats([3], [1, 2, 3]);
  const axis = int64s([], [0]);
  const of = (attributes: Record<string, number>) => [...run('CumSum', [v, axis], { attributes })[0]!.data];
  expect(of({})).toEqual([1, 3, 6]);
  expect(of({ exclusive: 1 })).toEqual([0, 1, 3]);
  expect(of({ reverse: 1 })).toEqual([6, 5, 3]);
  expect(of({ exclusive: 1, reverse: 1 })).toEqual([5, 3, 0]);
});

it('TopK breaks ties by the lower index', () => {
  const v = makeTensor('int32', [4], [7, 9, 7, 9]);
  const [values, indices] = run('TopK', [v, int64s([1], [3])], { outputs: 2 });
  expect([[...values!.data], [...indices!.data]]).toEqual([
    [9, 9, 7],
    [1, 3, 0],
  ]);
  const smallest = run('TopK', [v, int64s([1], [1])], { attributes: { largest: 0 }, outputs: 2 });
  expect([...smallest[1]!.data]).toEqual([0]);
  expect(() => run('TopK', [v, int64s([1], [5])])).toThrow(/ESC122 .*k is 5 of 4/);
});

/** Operators that move, cut and shape data, at the corners that the conformance suite leaves out. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Tensor } from '../../graph/tensor.ts';
import { floats, int64s, makeTensor } from '../../graph/make-tensor.ts';
import { run } from '../testing.ts';
import { rangeOf } from './slice.ts';

const x = floats([2, 3], [1, 2, 3, 4, 5, 6]);
const ints = (...values: number[]): Tensor => int64s([values.length], values);
const strings: Tensor = { type: 'string', shape: [3], data: new Float64Array(0), strings: ['a', 'b', 'c'] };

describe('Slice', () => {
  it('agrees with JavaScript slices for every start and end', () => {
    fc.assert(
      fc.property(
        fc.nat(6),
        fc.integer({ min: -9, max: 9 }),
        fc.integer({ min: -9, max: 9 }),
        (size, start, end) => {
          const list = Array.from({ length: size }, (_, i) => i);
          const [y] = run('Slice', [floats([size], list), ints(start), ints(end)]);
          expect([...y!.data]).toEqual(list.slice(start, end));
        },
      ),
    );
  });

  it('steps back to the very start', () => {
    const [y] = run('Slice', [floats([5], [0, 1, 2, 3, 4]), ints(-1), ints(-Infinity), ints(0), ints(-2)]);
    expect([...y!.data]).toEqual([4, 2, 0]);
    expect(rangeOf(5, Infinity, 0, -1)).toEqual({ start: 4, count: 4, step: -1 });
  });

  it('takes attributes before operator set 10', () => {
    const attributes = { starts: [1], ends: [Infinity], axes: [1] };
    expect(run('Slice', [x], { opset: 9, attributes })[0]).toEqual(floats([2, 2], [2, 3, 5, 6]));
  });

  it('refuses a step of 0', () => {
    expect(() => run('Slice', [x, ints(0), ints(1), ints(0), ints(0)])).toThrow(/a step is 0/);
  });
});

describe('Reshape', () => {
  it('keeps sizes for 0 and fills one -1', () => {
    expect(run('Reshape', [x, ints(0, 1, -1)])[0]!.shape).toEqual([2, 1, 3]);
    expect(
      run('Reshape', [floats([0, 2], []), ints(0, 5)], { attributes: { allowzero: 1 } })[0]!.shape,
    ).toEqual([0, 5]);
  });

  it('refuses what does not add up', () => {
    expect(() => run('Reshape', [x, ints(4, -1)])).toThrow(/ESC122 .*\[2, 3\] does not reshape to \[4, -1\]/);
    expect(() => run('Reshape', [x, ints(-1, -1)])).toThrow(/more than one size/);
  });
});

describe('Squeeze and Unsqueeze', () => {
  it('take attributes first, inputs later', () => {
    const y = floats([1, 2, 1], [1, 2]);
    expect(run('Squeeze', [y])[0]!.shape).toEqual([2]);
    expect(run('Squeeze', [y], { opset: 11, attributes: { axes: [-1] } })[0]!.shape).toEqual([1, 2]);
    expect(run('Unsqueeze', [x, ints(3, 0)])[0]!.shape).toEqual([1, 2, 3, 1]);
    expect(() => run('Squeeze', [x, ints(0)])).toThrow(/axis 0 has size 2/);
  });
});

describe('Split', () => {
  const v = floats([5], [1, 2, 3, 4, 5]);
  const parts = (options: Parameters<typeof run>[2], ...more: Tensor[]) =>
    run('Split', [v, ...more], options).map((part) => [...part.data]);
  it('has a shorter last part from operator set 18 on', () => {
    expect(parts({ outputs: 2, attributes: { num_outputs: 2 } })).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    expect(() => parts({ outputs: 2, opset: 13 })).toThrow(/no 2 equal parts/);
  });

  it('takes sizes as an attribute or an input, zero included', () => {
    expect(parts({ outputs: 2, opset: 11, attributes: { split: [1, 4] } })[0]).toEqual([1]);
    expect(parts({ outputs: 3, opset: 13 }, ints(0, 5, 0))).toEqual([[], [1, 2, 3, 4, 5], []]);
    expect(() => parts({ outputs: 2, opset: 13 }, ints(1, 1))).toThrow(/do not make up an axis of size 5/);
  });
});

describe('Pad', () => {
  const v = floats([3], [1, 2, 3]);
  const pad = (mode: string, before: number, after: number) => [
    ...run('Pad', [v, ints(before, after)], { attributes: { mode } })[0]!.data,
  ];
  it('has four modes', () => {
    expect(pad('constant', 2, 1)).toEqual([0, 0, 1, 2, 3, 0]);
    expect(pad('edge', 2, 1)).toEqual([1, 1, 1, 2, 3, 3]);
    expect(pad('reflect', 4, 3)).toEqual([1, 2, 3, 2, 1, 2, 3, 2, 1, 2]);
    expect(pad('wrap', 2, 4)).toEqual([2, 3, 1, 2, 3, 1, 2, 3, 1]);
  });

  it('cuts where counts are negative, and pads named axes', () => {
    expect(pad('constant', -1, 1)).toEqual([2, 3, 0]);
    const [y] = run('Pad', [x, ints(1, 0), floats([], [9]), ints(1)]);
    expect(y).toEqual(floats([2, 4], [9, 1, 2, 3, 9, 4, 5, 6]));
  });
});

describe('Gather and Scatter', () => {
  it('Gather takes negative indices and replaces the axis by those of the indices', () => {
    expect(run('Gather', [x, int64s([1, 2], [-1, 0])], { attributes: { axis: 1 } })[0]).toEqual(
      floats([2, 1, 2], [3, 1, 6, 4]),
    );
    expect(run('Gather', [strings, int64s([], [1])])[0]!.strings).toEqual(['b']);
    expect(() => run('Gather', [x, ints(2)])).toThrow(/ESC122 .*index 2 is outside an axis of size 2/);
  });

  it('GatherND picks slices within a batch', () => {
    const data = floats([2, 2, 2], [0, 1, 2, 3, 4, 5, 6, 7]);
    expect(run('GatherND', [data, int64s([2, 1], [1, 0])], { attributes: { batch_dims: 1 } })[0]).toEqual(
      floats([2, 2], [2, 3, 4, 5]),
    );
  });

  it('Scatter refuses two writes in one place, unless they combine', () => {
    const zeros = floats([3], [0, 0, 0]);
    const inputs = [zeros, ints(1, 1), floats([2], [2, 3])];
    expect(() => run('ScatterElements', inputs)).toThrow(/two updates meet/);
    expect([...run('ScatterElements', inputs, { attributes: { reduction: 'add' } })[0]!.data]).toEqual([
      0, 5, 0,
    ]);
    expect([...run('ScatterND', [zeros, int64s([1, 1], [2]), floats([1], [7])])[0]!.data]).toEqual([0, 0, 7]);
  });
});

const cast = (tensor: Tensor, to: number) => run('Cast', [tensor], { attributes: { to } })[0]!;

describe('Cast', () => {
  it('drops fractions, wraps integers, tests for zero', () => {
    expect([...cast(floats([2], [-2.9, 2.9]), 6).data]).toEqual([-2, 2]);
    expect([...cast(makeTensor('int32', [2], [300, -1]), 2).data]).toEqual([44, 255]);
    expect([...cast(floats([3], [0, NaN, -2]), 9).data]).toEqual([0, 1, 1]);
    expect([...cast(int64s([1], [Infinity]), 1).data]).toEqual([2 ** 63]);
  });

  it('reads numbers from text', () => {
    const text = { ...strings, strings: ['1.5', '-INF', 'NaN'] };
    expect([...cast(text, 1).data]).toEqual([1.5, -Infinity, NaN]);
    expect(() => cast(strings, 1)).toThrow(/"a" is not a number/);
  });

  it('refuses what C leaves undefined and what has no spelling', () => {
    expect(() => cast(floats([1], [1e10]), 6)).toThrow(/^ESC105/);
    expect(() => cast(floats([1], [NaN]), 6)).toThrow(/^ESC105/);
    expect(() => cast(x, 8)).toThrow(/writes numbers as text/);
    expect(() => cast(x, 16)).toThrow(/ESC121 .*bfloat16/);
  });
});

describe('makers of tensors', () => {
  it('refuse absurd sizes before memory is asked for', () => {
    expect(() => run('ConstantOfShape', [ints(100000, 100000)])).toThrow(
      /^ESC123 .*\[100000, 100000\].*2\^24/,
    );
    expect(() => run('Expand', [floats([1], [1]), ints(2 ** 25)])).toThrow(/^ESC123/);
    expect(() =>
      run(
        'Range',
        [0, 1e9, 1].map((v) => floats([], [v])),
      ),
    ).toThrow(/^ESC123/);
  });

  it('Range counts up and down', () => {
    expect([
      ...run(
        'Range',
        [10, 4, -2].map((v) => floats([], [v])),
      )[0]!.data,
    ]).toEqual([10, 8, 6]);
    expect(
      run(
        'Range',
        [3, 1, 1].map((v) => floats([], [v])),
      )[0]!.shape,
    ).toEqual([0]);
  });

  it('Constant needs exactly one value', () => {
    expect(run('Constant', [], { attributes: { value_ints: [1, 2] } })[0]).toEqual(ints(1, 2));
    expect(() => run('Constant', [], { attributes: { value_int: 1, value_float: 2 } })).toThrow(
      /2 values are given/,
    );
  });

  it('OneHot counts negative indices from the end and ignores those outside', () => {
    const [y] = run('OneHot', [ints(1, -1, 5), int64s([], [3]), floats([2], [0, 1])]);
    expect([...y!.data]).toEqual([0, 1, 0, 0, 0, 1, 0, 0, 0]);
  });
});

it('Transpose twice with inverse permutations is the identity', () => {
  const tensor = floats([2, 3, 4], [...Array(24).keys()]);
  for (const perm of [
    [0, 2, 1],
    [1, 2, 0],
    [2, 1, 0],
  ]) {
    const back = perm.map((_, axis) => perm.indexOf(axis));
    const [there] = run('Transpose', [tensor], { attributes: { perm } });
    expect(run('Transpose', [there], { attributes: { perm: back } })[0]).toEqual(tensor);
  }
});

it('Dropout passes its input on and refuses training', () => {
  const [y, mask] = run('Dropout', [x], { outputs: 2, attributes: { ratio: 0.5 }, opset: 11 });
  expect(y).toEqual(x);
  expect([mask!.type, ...mask!.data]).toEqual(['bool', 1, 1, 1, 1, 1, 1]);
  expect(() => run('Dropout', [x, undefined, makeTensor('bool', [], [1])])).toThrow(/training mode/);
});

it('Concat joins strings too, and refuses shapes that do not fit', () => {
  expect(run('Concat', [strings, strings], { attributes: { axis: 0 } })[0]!.strings).toEqual([
    'a',
    'b',
    'c',
    'a',
    'b',
    'c',
  ]);
  expect(() => run('Concat', [x, floats([1, 2], [1, 2])], { attributes: { axis: 0 } })).toThrow(/do not fit/);
});

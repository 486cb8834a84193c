/** Element-wise arithmetic: broadcasting old and new, integer types, mixed types. Expected values by hand. */
import { describe, expect, it } from 'vitest';
import { floats, int64s, makeTensor } from '../../graph/make-tensor.ts';
import { run } from '../testing.ts';

const values = (...args: Parameters<typeof run>): number[] => [...run(...args)[0]!.data];

describe('broadcasting', () => {
  it('stretches axes of size 1 on both sides', () => {
    const [c] = run('Add', [floats([2, 1], [10, 20]), floats([3], [1, 2, 3])]);
    expect(c).toEqual(floats([2, 3], [11, 12, 13, 21, 22, 23]));
  });

  it('before operator set 7, aligns the second input with an axis of the first', () => {
    const a = floats([2, 3, 2], [...Array(12).keys()]);
    const b = floats([3], [100, 200, 300]);
    const legacy = { attributes: { broadcast: 1, axis: 1 }, opset: 6 };
    expect(values('Add', [a, b], legacy).slice(0, 6)).toEqual([100, 101, 202, 203, 304, 305]);
    expect(() => run('Add', [a, floats([2], [1, 2])], { opset: 6 })).toThrow(/ESC122 .*same shape/);
  });

  it('refuses shapes that do not fit', () => {
    expect(() => run('Mul', [floats([2], [1, 2]), floats([3], [1, 2, 3])])).toThrow(
      /ESC122 .*\[2\] and \[3\]/,
    );
  });
});

const of = (type: 'int8' | 'uint8' | 'int32' | 'uint32', ...list: number[]) =>
  makeTensor(type, [list.length], list);

describe('integers', () => {
  it('wrap like C', () => {
    expect(values('Add', [of('uint8', 200), of('uint8', 100)])).toEqual([44]);
    expect(values('Sub', [of('int8', -100), of('int8', 100)])).toEqual([56]);
    expect(values('Mul', [of('int32', 65537), of('int32', 65537)])).toEqual([131073]);
    expect(values('Mul', [of('uint32', 4294967295), of('uint32', 3)])).toEqual([4294967293]);
  });

  it('divide towards zero', () => {
    expect(values('Div', [of('int32', -7, 7), of('int32', 2, -2)])).toEqual([-3, -3]);
    expect(() => run('Div', [of('int32', 1), of('int32', 0)])).toThrow(/ESC121 .*divides an integer by zero/);
  });

  it('of 64 bits are refused beyond 2^53', () => {
    expect(() => run('Mul', [int64s([1], [2 ** 40]), int64s([1], [2 ** 40])])).toThrow(
      /^ESC105 .*"node" \(Mul\)/,
    );
  });

  it('Mod follows the divisor, or the dividend with fmod', () => {
    const [a, b] = [of('int32', -7, 7, -7), of('int32', 3, -3, -3)];
    expect(values('Mod', [a, b])).toEqual([2, -2, -1]);
    expect(values('Mod', [a, b], { attributes: { fmod: 1 } })).toEqual([-1, 1, -1]);
    expect(() => run('Mod', [floats([1], [1]), floats([1], [2])])).toThrow(/without fmod/);
  });

  it('BitShift drops bits that leave the type', () => {
    const shift = (direction: string) =>
      values('BitShift', [of('uint8', 200), of('uint8', 1)], { attributes: { direction } });
    expect(shift('LEFT')).toEqual([144]);
    expect(shift('RIGHT')).toEqual([100]);
  });
});

it('Pow keeps the type of the base', () => {
  const [c] = run('Pow', [makeTensor('int32', [2], [2, 3]), floats([2], [3, 0.5])]);
  expect(c).toEqual(makeTensor('int32', [2], [8, 1]));
  expect(values('Pow', [floats([1], [4]), int64s([1], [-1])])).toEqual([0.25]);
});

it('Min, Max, Sum and Mean take any number of inputs, and NaN wins', () => {
  const three = [floats([2], [1, 5]), floats([2], [4, NaN]), floats([1], [3])];
  expect(values('Max', three)).toEqual([4, NaN]);
  expect(values('Min', three)).toEqual([1, NaN]);
  expect(values('Sum', three)).toEqual([8, NaN]);
  expect(values('Mean', three)[0]).toBeCloseTo(8 / 3, 6);
  expect(() => run('Sum', three, { opset: 7 })).toThrow(/same shape/);
});

it('mixed element types are refused', () => {
  expect(() => run('Add', [floats([1], [1]), int64s([1], [1])])).toThrow(/ESC122 .*mix float32 and int64/);
});

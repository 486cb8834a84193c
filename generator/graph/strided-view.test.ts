import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from '../ops/testing.ts';
import { floats } from './make-tensor.ts';
import {
  type StridedView,
  along,
  asRows,
  asStretch,
  isContiguous,
  reshapedView,
  rowMajor,
  transposed,
  withoutAxis,
} from './strided-view.ts';
import { elementCount } from './tensor.ts';

/** The elements that a view shows, in row-major order, of a buffer that holds 0, 1, 2, ... */
function shown(view: StridedView): number[] {
  return view.shape.reduce(
    (offsets, size, axis) =>
      offsets.flatMap((at) => Array.from({ length: size }, (_, i) => at + i * view.strides[axis]!)),
    [view.offset],
  );
}

const shape = [2, 3, 4];
const whole = rowMajor('x', shape);
const tensor = floats(shape, [...Array(24).keys()]);

describe('views show what the operators would copy', () => {
  const perms = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  it.each(perms.map((perm) => [perm.join(), perm]))('transposed by %s', (_, perm) => {
    expect(shown(transposed(whole, perm as number[]))).toEqual([
      ...run('Transpose', [tensor], { attributes: { perm: perm as number[] } })[0]!.data,
    ]);
  });

  it('slices and picks', () => {
    expect(shown(along(whole, 1, 1, 2))).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 16, 17, 18, 19, 20, 21, 22, 23]);
    expect(shown(along(whole, 2, 3, 2, -2))).toEqual([3, 1, 7, 5, 11, 9, 15, 13, 19, 17, 23, 21]);
    expect(shown(withoutAxis(along(whole, 0, 1, 1), 0))).toEqual([...Array(12).keys()].map((i) => i + 12));
  });

  it('any reshape that is granted keeps the row-major order', () => {
    const factors = [[24], [2, 12], [6, 4], [4, 6], [1, 24, 1], [2, 3, 2, 2], [3, 2, 4], [12, 2]];
    fc.assert(
      fc.property(fc.constantFrom(...perms), fc.constantFrom(...factors), fc.nat(2), (perm, wanted, axis) => {
        const view = along(transposed(whole, perm), axis, 0, transposed(whole, perm).shape[axis]!);
        const reshaped = reshapedView(view, wanted);
        if (reshaped) expect(shown(reshaped)).toEqual(shown(view));
        else expect(isContiguous(view)).toBe(false);
      }),
    );
  });
});

describe('rows and stretches', () => {
  it('axes of size 1 do not matter', () => {
    const view = reshapedView(rowMajor('x', [5, 3]), [1, 5, 1, 3])!;
    expect(asRows(view)).toEqual({ buffer: 'x', offset: 0, steps: 5, features: 3 });
  });

  it('rows must lie one behind the other', () => {
    expect(asRows(transposed(rowMajor('x', [5, 3]), [1, 0]))).toBeUndefined();
    expect(asRows(along(rowMajor('x', [5, 3]), 1, 0, 2))).toBeUndefined();
    expect(asRows(along(rowMajor('x', [5, 3]), 0, 4, 1))).toEqual({
      buffer: 'x',
      offset: 12,
      steps: 1,
      features: 3,
    });
  });

  it('a stretch may be in any order, but without gaps, and keeps whole rows', () => {
    const buffer = { steps: 5, features: 3 };
    const turned = transposed(along(rowMajor('x', [5, 3]), 0, 1, 2), [1, 0]);
    expect(asStretch(turned, buffer)).toEqual({ buffer: 'x', offset: 3, steps: 2, features: 3 });
    expect(asStretch(along(rowMajor('x', [5, 3]), 0, 0, 2, 2), buffer)).toBeUndefined();
    const within = along(along(rowMajor('x', [5, 3]), 0, 1, 1), 1, 1, 2);
    expect(asStretch(within, buffer)).toEqual({ buffer: 'x', offset: 4, steps: 1, features: 2 });
  });

  it('asRows shows the same elements', () => {
    fc.assert(
      fc.property(fc.constantFrom([0, 1, 2], [1, 0, 2]), fc.nat(1), fc.nat(2), (perm, first, start) => {
        const view = along(along(transposed(whole, perm), 0, first, 1), 1, Math.min(start, 1), 1);
        const rows = asRows(view);
        if (!rows) return;
        const all = Array.from({ length: rows.steps * rows.features }, (_, i) => rows.offset + i);
        expect(all).toEqual(shown(view));
        expect(all).toHaveLength(elementCount(view.shape));
      }),
    );
  });
});

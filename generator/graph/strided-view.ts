/**
 * A tensor as a window on a buffer: element [i, j, ...] lies at offset + i * strides[0] + j * strides[1] + ...
 * Transposes, slices and reshapes then move no data. Strides of axes of size 1 carry no meaning.
 */
import { stridesOf } from '../ops/shared/shapes.ts';
import type { BufferShape, View } from './network.ts';
import { elementCount } from './tensor.ts';

export interface StridedView {
  buffer: string;
  offset: number;
  shape: readonly number[];
  strides: readonly number[];
}

/** A whole buffer, or a part of it, under a row-major shape. */
export const rowMajor = (buffer: string, shape: readonly number[], offset = 0): StridedView => ({
  buffer,
  offset,
  shape,
  strides: stridesOf(shape),
});

export const transposed = (view: StridedView, perm: readonly number[]): StridedView => ({
  ...view,
  shape: perm.map((axis) => view.shape[axis]!),
  strides: perm.map((axis) => view.strides[axis]!),
});

/** Positions start, start + step, ... (count of them) of one axis. */
export const along = (
  view: StridedView,
  axis: number,
  start: number,
  count: number,
  step = 1,
): StridedView => ({
  ...view,
  offset: view.offset + start * view.strides[axis]!,
  shape: view.shape.with(axis, count),
  strides: view.strides.with(axis, view.strides[axis]! * step),
});

export const withoutAxis = (view: StridedView, axis: number): StridedView => ({
  ...view,
  shape: view.shape.toSpliced(axis, 1),
  strides: view.strides.toSpliced(axis, 1),
});

interface Axis {
  size: number;
  stride: number;
}

/** Axes that are wider than 1, with neighbours joined where one continues the other in memory. */
function joinedAxes(view: StridedView): Axis[] {
  const joined: Axis[] = [];
  view.shape.forEach((size, i) => {
    if (size === 1) return;
    const stride = view.strides[i]!;
    const before = joined.at(-1);
    if (before && before.stride === size * stride)
      joined[joined.length - 1] = { size: before.size * size, stride };
    else joined.push({ size, stride });
  });
  return joined;
}

/** The same elements in row-major order under another shape; undefined when data would have to move. */
export function reshapedView(view: StridedView, shape: readonly number[]): StridedView | undefined {
  const blocks = joinedAxes(view).toReversed();
  let block = blocks.shift();
  let left = block?.size ?? 1;
  const strides: number[] = [];
  for (const size of shape.toReversed()) {
    if (size === 1) {
      strides.push(1);
      continue;
    }
    if (left === 1) {
      block = blocks.shift();
      left = block?.size ?? 1;
    }
    if (!block || left % size !== 0) return undefined;
    strides.push(block.stride * (block.size / left));
    left /= size;
  }
  return { ...view, shape, strides: strides.toReversed() };
}

/**
 * The last axis as features, all others as steps: undefined when rows do not lie one behind the other.
 */
export function asRows(view: StridedView): View | undefined {
  const features = view.shape.at(-1) ?? 1;
  if (features !== 1 && view.strides.at(-1) !== 1) return undefined;
  const lead: StridedView = { ...view, shape: view.shape.slice(0, -1), strides: view.strides.slice(0, -1) };
  const axes = joinedAxes(lead);
  if (axes.length > 1 || (axes.length === 1 && axes[0]!.stride !== features)) return undefined;
  return { buffer: view.buffer, offset: view.offset, steps: elementCount(lead.shape), features };
}

/**
 * A view that covers one unbroken stretch of memory, in whatever order: for element-wise layers, whose output has the
 * same order. The stretch keeps the row length of its buffer where it holds whole rows.
 */
export function asStretch(view: StridedView, shape: BufferShape): View | undefined {
  const axes = joinedAxes(view).toSorted((a, b) => a.stride - b.stride);
  let next = 1;
  for (const { size, stride } of axes) {
    if (stride !== next) return undefined;
    next *= size;
  }
  const count = next;
  const { features } = shape;
  const wholeRows = view.offset % features === 0 && count % features === 0;
  if (wholeRows) return { buffer: view.buffer, offset: view.offset, steps: count / features, features };
  const inOneRow = (view.offset % features) + count <= features;
  return inOneRow ? { buffer: view.buffer, offset: view.offset, steps: 1, features: count } : undefined;
}

/** Whether row-major order of the tensor is the order in memory. */
export function isContiguous(view: StridedView): boolean {
  const axes = joinedAxes(view);
  return axes.length === 0 || (axes.length === 1 && axes[0]!.stride === 1);
}

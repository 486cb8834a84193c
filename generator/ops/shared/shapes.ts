/** Shapes, strides and axes of row-major tensors. */
import { modelRefusals } from '../../../common/refusals/index.ts';
import type { Node } from '../../graph/graph.ts';
import { type ElementType, type Tensor, elementCount } from '../../graph/tensor.ts';
import { invalid } from './refuse.ts';

export type Shape = readonly number[];

const sizeLimit = 2 ** 24;

/** A zeroed tensor. Refuses absurd sizes before memory is asked for. */
export function allocate(node: Node, type: ElementType, shape: Shape): Tensor {
  requireSize(node, shape);
  return { type, shape, data: new Float64Array(elementCount(shape)) };
}

/** Refuses negative, fractional and absurd sizes. */
export function requireSize(node: Node, shape: Shape): void {
  if (!shape.every((size) => Number.isInteger(size) && size >= 0)) {
    throw invalid(node, `its output would have the shape [${shape.join(', ')}]`);
  }
  if (elementCount(shape) > sizeLimit) {
    throw modelRefusals.tooLarge(`Node "${node.name}" (${node.op})`, `[${shape.join(', ')}]`);
  }
}

/** Elements to step over for each axis. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  return strides;
}

/** Counts a negative axis from the end; refuses one outside the rank. */
export function toAxis(node: Node, axis: number, rank: number): number {
  const counted = axis < 0 ? axis + rank : axis;
  if (!(Number.isInteger(counted) && counted >= 0 && counted < rank)) {
    throw invalid(node, `axis ${axis} is outside a tensor of rank ${rank}`);
  }
  return counted;
}

/** Distinct axes counted from the front, in the order given. */
export function toAxes(node: Node, axes: ArrayLike<number>, rank: number): number[] {
  const counted = Array.from(axes, (axis) => toAxis(node, axis, rank));
  if (new Set(counted).size < counted.length) throw invalid(node, `axes [${counted.join(', ')}] repeat`);
  return counted;
}

/** Views a tensor as [outer, size, inner] around one axis. */
export function around(shape: Shape, axis: number): { outer: number; size: number; inner: number } {
  return {
    outer: elementCount(shape.slice(0, axis)),
    size: shape[axis]!,
    inner: elementCount(shape.slice(axis + 1)),
  };
}

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);

/**
 * Walks all positions of `shape` in row-major order and calls back with the offset that each stride list gives.
 * The offsets array is reused between calls.
 */
export function walk(
  shape: Shape,
  stridesList: readonly (readonly number[])[],
  visit: (index: number, offsets: readonly number[]) => void,
): void {
  const total = elementCount(shape);
  const position = new Array<number>(shape.length).fill(0);
  const offsets = new Array<number>(stridesList.length).fill(0);
  for (let index = 0; index < total; index++) {
    visit(index, offsets);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position[axis]!++;
      for (let list = 0; list < offsets.length; list++) offsets[list]! += stridesList[list]![axis]!;
      if (position[axis]! < shape[axis]!) break;
      for (let list = 0; list < offsets.length; list++) {
        offsets[list]! -= stridesList[list]![axis]! * shape[axis]!;
      }
      position[axis] = 0;
    }
  }
}

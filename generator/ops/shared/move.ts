import type { Node } from '../../graph/graph.ts';
import { type Tensor, elementCount } from '../../graph/tensor.ts';
import { type Shape, requireSize, stridesOf, walk } from './shapes.ts';

/**
 * A tensor of `shape` whose elements are those of `x` at the offsets that `pick` gives for each output index.
 * Works for strings as well; a negative offset leaves `fill`.
 */
export function moved(
  node: Node,
  x: Tensor,
  shape: Shape,
  pick: (index: number) => number,
  fill = 0,
): Tensor {
  requireSize(node, shape);
  const count = elementCount(shape);
  if (x.strings) {
    const strings = Array.from({ length: count }, (_, index) => x.strings![pick(index)] ?? '');
    return { type: x.type, shape, data: new Float64Array(0), strings };
  }
  const data = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const from = pick(index);
    data[index] = from < 0 ? fill : x.data[from]!;
  }
  return { type: x.type, shape, data };
}

/** A tensor of `shape` that reads `x` from `offset` on with the given strides. */
export function strided(node: Node, x: Tensor, shape: Shape, strides: readonly number[], offset = 0): Tensor {
  requireSize(node, shape);
  const from = new Int32Array(elementCount(shape));
  walk(shape, [strides], (index, [at]) => (from[index] = offset + at!));
  return moved(node, x, shape, (index) => from[index]!);
}

/** The same elements under another shape. */
export const reshaped = (x: Tensor, shape: Shape): Tensor => ({ ...x, shape });

/** Elements [start, start + size) of one axis. */
export function sliced(node: Node, x: Tensor, axis: number, start: number, size: number): Tensor {
  const strides = stridesOf(x.shape);
  return strided(node, x, x.shape.with(axis, size), strides, start * strides[axis]!);
}

/** Which scale belongs to which element of a quantized tensor: per tensor, per axis, or per block of an axis. */
import type { Node } from '../../graph/graph.ts';
import type { TensorType } from '../../graph/tensor.ts';
import type { Attributes } from './attributes.ts';
import { invalid } from './refuse.ts';
import { around, sameShape, stridesOf, toAxis } from './shapes.ts';

/** For element `index` of x (row-major), the index into the scale tensor. Reads `axis` and `block_size`. */
export function scaleIndex(
  node: Node,
  attributes: Attributes,
  x: TensorType,
  scale: TensorType,
  zeroPoint: TensorType | undefined,
): (index: number) => number {
  const given = attributes.number('axis', 1);
  const blockSize = attributes.number('block_size', 0);
  if (zeroPoint && zeroPoint.shape.join() !== scale.shape.join()) {
    throw invalid(node, 'its zero point and its scale have different shapes');
  }
  if (scale.shape.every((size) => size === 1) && blockSize === 0) return () => 0;
  const axis = toAxis(node, given, x.shape.length);
  const { size, inner } = around(x.shape, axis);
  if (blockSize === 0) {
    if (!sameShape(scale.shape, [size]))
      throw invalid(node, `its scale is [${scale.shape.join(', ')}] for an axis of ${size}`);
    return (index) => Math.floor(index / inner) % size;
  }
  const blocks = Math.ceil(size / blockSize);
  if (!sameShape(scale.shape, x.shape.with(axis, blocks))) {
    throw invalid(node, `its scale is [${scale.shape.join(', ')}] for blocks of ${blockSize}`);
  }
  const strides = stridesOf(scale.shape);
  return (index) => {
    const place = Math.floor(index / inner) % size;
    return (
      Math.floor(index / (size * inner)) * blocks * inner +
      Math.floor(place / blockSize) * strides[axis]! +
      (index % inner)
    );
  };
}

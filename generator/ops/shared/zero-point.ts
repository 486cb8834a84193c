/** Scales and zero points of the quantized operators. */
import type { Node } from '../../graph/graph.ts';
import type { Tensor, TensorType } from '../../graph/tensor.ts';
import { invalid } from './refuse.ts';
import type { IntegerKind } from './numbers.ts';
import { rangeOf } from './numbers.ts';

/** A scalar, or one value for each of `count` channels, by channel; `absent` when the input is not there. */
export function perChannel(
  node: Node,
  tensor: Tensor | undefined,
  count: number,
  absent = 0,
): (channel: number) => number {
  if (!tensor) return () => absent;
  if (tensor.data.length === 1) return () => tensor.data[0]!;
  if (tensor.data.length !== count)
    throw invalid(node, `it has ${tensor.data.length} scales or zero points for ${count} channels`);
  return (channel) => tensor.data[channel]!;
}

/** Refuses a zero point of another type than the values it belongs to. */
export function sameTypeZeroPoint(node: Node, values: TensorType, zeroPoint?: TensorType): void {
  if (zeroPoint && zeroPoint.type !== values.type) {
    throw invalid(node, `a zero point is ${zeroPoint.type} beside ${values.type}`);
  }
}

export function saturate(value: number, type: IntegerKind): number {
  const [low, high] = rangeOf[type];
  return Math.min(Math.max(value, low), high);
}

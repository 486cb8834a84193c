/** Checks of a node's inputs. */
import type { Node } from '../../graph/graph.ts';
import type { ElementType, Tensor, TensorType } from '../../graph/tensor.ts';
import { invalid, unsupported } from './refuse.ts';

/** The input at `index`, which must be there. */
export function required<T>(node: Node, inputs: readonly (T | undefined)[], index: number): T {
  const input = inputs[index];
  if (input === undefined) throw invalid(node, `its input ${index} is missing`);
  return input;
}

/** Refuses an input whose element type is not one of `types`. */
export function requireType(node: Node, tensor: TensorType, types: readonly ElementType[]): void {
  if (!types.includes(tensor.type)) throw unsupported(node, `it does not take ${tensor.type} tensors here`);
}

/** Refuses inputs of different element types and returns the common one. */
export function commonType(node: Node, inputs: readonly TensorType[]): ElementType {
  const type = inputs[0]!.type;
  const other = inputs.find((input) => input.type !== type);
  if (other) throw invalid(node, `its inputs mix ${type} and ${other.type}`);
  return type;
}

/** Refuses more inputs than an operator has. */
export function atMost(node: Node, inputs: readonly unknown[], count: number): void {
  if (inputs.length > count)
    throw invalid(node, `it has ${inputs.length} inputs instead of at most ${count}`);
}

export const floatTypes: readonly ElementType[] = ['float32', 'float64', 'float16'];
export const integerTypes: readonly ElementType[] = [
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
];
export const numericTypes: readonly ElementType[] = [...floatTypes, ...integerTypes];

/** The integers of a one-dimensional (or scalar) index tensor: axes, shapes, sizes. */
export function integersOf(node: Node, tensor: Tensor): number[] {
  requireType(node, tensor, ['int64', 'int32']);
  if (tensor.shape.length > 1) throw invalid(node, 'an axes or shape input has more than one axis');
  return Array.from(tensor.data);
}

/** The only value of a scalar tensor (or one of shape [1]). */
export function scalarOf(node: Node, tensor: Tensor): number {
  if (tensor.data.length !== 1) throw invalid(node, 'a scalar input holds more than one value');
  return tensor.data[0]!;
}

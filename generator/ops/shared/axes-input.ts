import type { Node } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Attributes } from './attributes.ts';
import { integersOf } from './inputs.ts';

/**
 * The axes of an operator that took them as an attribute first and as its second input from some operator set on.
 * Undefined when they are not given.
 */
export function axesOf(
  node: Node,
  attributes: Attributes,
  inputs: readonly (Tensor | undefined)[],
  asInput: boolean,
): readonly number[] | undefined {
  if (!asInput) return attributes.numbers('axes');
  return inputs[1] && integersOf(node, inputs[1]);
}

/** Static types of all tensors of a graph. */
import { type Refusal, modelRefusals } from '../../common/refusals/index.ts';
import type { Graph, Node } from '../graph/graph.ts';
import { type Tensor, type TensorType, elementCount } from '../graph/tensor.ts';
import { contextOf } from './evaluate.ts';
import type { KnownInput } from './op.ts';
import { definitionOf } from './registry.ts';

/**
 * Output types of one node. An operator without an `infer` of its own is evaluated on zeros, which is right as long as
 * its shape does not depend on values: inputs that decide shapes must therefore be constants.
 */
export function inferNode(
  node: Node,
  inputs: readonly (KnownInput | undefined)[],
  graph: Graph,
): TensorType[] {
  const definition = definitionOf(node);
  for (const index of definition.shapeInputs ?? []) {
    const input = inputs[index];
    if (input && !input.value) throw dependsOnData(node);
  }
  const context = contextOf(node, graph);
  if (definition.infer) return definition.infer(node, inputs, context);
  const operands = inputs.map((input) => input && (input.value ?? zeros(input)));
  return definition.evaluate(node, operands, context).map(({ type, shape }) => ({ type, shape }));
}

const dependsOnData = (node: Node): Refusal => modelRefusals.dataDependentShape(node.name, node.op);

function zeros({ type, shape }: TensorType): Tensor {
  const count = elementCount(shape);
  if (type !== 'string') return { type, shape, data: new Float64Array(count) };
  return { type, shape, data: new Float64Array(0), strings: new Array<string>(count).fill('') };
}

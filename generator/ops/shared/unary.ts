import type { Node } from '../../graph/graph.ts';
import type { ElementType, TensorType } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from './attributes.ts';
import { atMost, floatTypes, requireType, required } from './inputs.ts';
import { storer } from './numbers.ts';
import { allocate } from './shapes.ts';
import { sameAsFirst } from './same-type.ts';

/** y = f(x), element by element, same type and shape. `prepare` reads the attributes and yields f. */
export function unary(
  op: string,
  prepare: (attributes: Attributes, opset: number, type: ElementType) => (x: number) => number,
  types: readonly ElementType[] = floatTypes,
): OpDefinition {
  const checked = (node: Node, inputs: readonly (TensorType | undefined)[], opset: number) => {
    const x = required(node, inputs, 0);
    atMost(node, inputs, 1);
    requireType(node, x, types);
    const attributes = new Attributes(node);
    const f = prepare(attributes, opset, x.type);
    attributes.done();
    return f;
  };
  return {
    op,
    domain: '',
    evaluate(node, inputs, { opset }) {
      const f = checked(node, inputs, opset);
      const x = required(node, inputs, 0);
      const store = storer(x.type, node);
      const y = allocate(node, x.type, x.shape);
      for (let i = 0; i < x.data.length; i++) y.data[i] = store(f(x.data[i]!));
      return [y];
    },
    infer(node, inputs, context) {
      checked(node, inputs, context.opset);
      return sameAsFirst(node, inputs, context);
    },
  };
}

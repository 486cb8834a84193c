import type { Node } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { numericTypes, requireType, required, scalarOf } from '../shared/inputs.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';
import { sameAsFirst } from '../shared/same-type.ts';

/** ONNX Clip: min(max(x, low), high). The bounds are attributes, from operator set 11 on inputs. */
export const clip: OpDefinition = {
  op: 'Clip',
  domain: '',
  evaluate(node, inputs, { opset }) {
    const x = required(node, inputs, 0);
    requireType(node, x, numericTypes);
    const attributes = new Attributes(node);
    const low = opset < 11 ? attributes.number('min') : bound(node, x, inputs[1]);
    const high = opset < 11 ? attributes.number('max') : bound(node, x, inputs[2]);
    attributes.done();
    const y = allocate(node, x.type, x.shape);
    x.data.forEach((value, i) => {
      const raised = low === undefined ? value : Math.max(value, low);
      y.data[i] = high === undefined ? raised : Math.min(raised, high);
    });
    return [y];
  },
  infer: sameAsFirst,
};

function bound(node: Node, x: Tensor, tensor?: Tensor): number | undefined {
  if (!tensor) return undefined;
  if (tensor.type !== x.type) throw invalid(node, `a bound is ${tensor.type} beside ${x.type}`);
  return scalarOf(node, tensor);
}

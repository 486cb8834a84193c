import type { Node } from '../../graph/graph.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { integersOf, required } from '../shared/inputs.ts';
import { sliced } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';
import { toAxis } from '../shared/shapes.ts';

/**
 * ONNX Split: consecutive parts of one axis. Sizes are an attribute, from operator set 13 on an input; without sizes the parts
 * are equal, from operator set 18 on with a shorter last one.
 */
export const split: OpDefinition = {
  op: 'Split',
  domain: '',
  shapeInputs: [1],
  evaluate(node, inputs, { opset }) {
    const x = required(node, inputs, 0);
    const attributes = new Attributes(node);
    const axis = toAxis(node, attributes.number('axis', 0), x.shape.length);
    const given = opset >= 13 ? inputs[1] && integersOf(node, inputs[1]) : attributes.numbers('split');
    const parts = opset >= 18 ? attributes.number('num_outputs') : undefined;
    attributes.done();
    if (given && parts !== undefined) throw invalid(node, 'both split and num_outputs are given');
    const size = x.shape[axis]!;
    const sizes = given ?? equalParts(node, size, parts ?? node.outputs.length, opset >= 18);
    const total = sizes.reduce((sum, part) => sum + part, 0);
    if (total !== size || sizes.length !== node.outputs.length || sizes.some((part) => part < 0)) {
      throw invalid(node, `its parts [${sizes.join(', ')}] do not make up an axis of size ${size}`);
    }
    let start = 0;
    return sizes.map((part) => {
      const piece = sliced(node, x, axis, start, part);
      start += part;
      return piece;
    });
  },
};

function equalParts(node: Node, size: number, parts: number, shorterLast: boolean): number[] {
  if (size % parts !== 0 && !shorterLast) {
    throw invalid(node, `an axis of size ${size} has no ${parts} equal parts`);
  }
  const part = Math.ceil(size / parts);
  return Array.from({ length: parts }, (_, i) => (i < parts - 1 ? part : size - part * (parts - 1)));
}

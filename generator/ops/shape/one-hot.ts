import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { numericTypes, requireType, required, scalarOf } from '../shared/inputs.ts';
import { moved } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';
import { around, toAxis } from '../shared/shapes.ts';

/** ONNX OneHot: a new axis of size depth with values[1] at each index and values[0] elsewhere. */
export const oneHot: OpDefinition = {
  op: 'OneHot',
  domain: '',
  shapeInputs: [1],
  evaluate(node, inputs) {
    const indices = required(node, inputs, 0);
    const depth = Math.trunc(scalarOf(node, required(node, inputs, 1)));
    const values = required(node, inputs, 2);
    requireType(node, indices, numericTypes);
    const attributes = new Attributes(node);
    const axis = toAxis(node, attributes.number('axis', -1), indices.shape.length + 1);
    attributes.done();
    if (values.shape.length !== 1 || values.shape[0] !== 2) throw invalid(node, 'its values are not a pair');
    const shape = indices.shape.toSpliced(axis, 0, depth);
    const { inner } = around(shape, axis);
    return [
      moved(node, values, shape, (index) => {
        const place = Math.floor(index / inner) % depth;
        const source = Math.floor(index / (inner * depth)) * inner + (index % inner);
        const wanted = Math.trunc(indices.data[source]!);
        return (wanted < 0 ? wanted + depth : wanted) === place ? 1 : 0;
      }),
    ];
  },
};

import { dataTypeName, elementTypeOf } from '../../onnx/element-type.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';
import { invalid, unsupported } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';

/** ONNX EyeLike: ones on the k-th diagonal of a matrix of the input's shape. */
export const eyeLike: OpDefinition = {
  op: 'EyeLike',
  domain: '',
  readsOnlyShape: true,
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const attributes = new Attributes(node);
    const k = attributes.number('k', 0);
    const given = attributes.number('dtype');
    attributes.done();
    const type = given === undefined ? x.type : elementTypeOf(given);
    if (!type || type === 'string')
      throw unsupported(node, `it makes a matrix of ${dataTypeName(given ?? 8)}`);
    if (x.shape.length !== 2) throw invalid(node, 'its input is not a matrix');
    const y = allocate(node, type, x.shape);
    const [rows, columns] = x.shape as [number, number];
    for (let i = 0; i < rows; i++) {
      if (i + k >= 0 && i + k < columns) y.data[i * columns + i + k] = 1;
    }
    return [y];
  },
};

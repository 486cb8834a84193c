import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { requireType, required } from '../shared/inputs.ts';
import { allocate } from '../shared/shapes.ts';
import { tableTypes } from '../shared/table.ts';

/** ai.onnx.ml Binarizer: 1 above the threshold, else 0. */
export const binarizer: OpDefinition = {
  op: 'Binarizer',
  domain: 'ai.onnx.ml',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    requireType(node, x, tableTypes);
    const attributes = new Attributes(node);
    const threshold = attributes.number('threshold', 0);
    attributes.done();
    const y = allocate(node, x.type, x.shape);
    x.data.forEach((value, index) => (y.data[index] = value > threshold ? 1 : 0));
    return [y];
  },
};

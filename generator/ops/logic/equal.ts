import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { broadcastShape, broadcastStrides } from '../shared/broadcast.ts';
import { comparison } from '../shared/comparison.ts';
import { commonType, numericTypes, required } from '../shared/inputs.ts';
import { allocate, walk } from '../shared/shapes.ts';

const numeric = comparison('Equal', (a, b) => a === b, [...numericTypes, 'bool']);

/** ONNX Equal: of numbers, truth values and strings. */
export const equal: OpDefinition = {
  ...numeric,
  evaluate(node, inputs, context) {
    const a = required(node, inputs, 0);
    const b = required(node, inputs, 1);
    if (!a.strings || !b.strings) return numeric.evaluate(node, inputs, context);
    commonType(node, [a, b]);
    new Attributes(node).done();
    const shape = broadcastShape(node, [a.shape, b.shape]);
    const c = allocate(node, 'bool', shape);
    walk(shape, [broadcastStrides(a.shape, shape), broadcastStrides(b.shape, shape)], (index, [i, j]) => {
      c.data[index] = a.strings![i!] === b.strings![j!] ? 1 : 0;
    });
    return [c];
  },
};

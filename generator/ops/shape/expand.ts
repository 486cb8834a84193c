import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { broadcastShape, broadcastStrides } from '../shared/broadcast.ts';
import { integersOf, required } from '../shared/inputs.ts';
import { strided } from '../shared/move.ts';

/** ONNX Expand: stretches to the shape given as the second input, which may itself be stretched. */
export const expand: OpDefinition = {
  op: 'Expand',
  domain: '',
  shapeInputs: [1],
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    new Attributes(node).done();
    const shape = broadcastShape(node, [x.shape, integersOf(node, required(node, inputs, 1))]);
    return [strided(node, x, shape, broadcastStrides(x.shape, shape))];
  },
};

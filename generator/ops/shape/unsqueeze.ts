import type { OpDefinition } from '../op.ts';
import { axesOf } from '../shared/axes-input.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';
import { reshaped } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';
import { toAxes } from '../shared/shapes.ts';

/** ONNX Unsqueeze: inserts axes of size 1; they are counted in the output. */
export const unsqueeze: OpDefinition = {
  op: 'Unsqueeze',
  domain: '',
  shapeInputs: [1],
  evaluate(node, inputs, { opset }) {
    const x = required(node, inputs, 0);
    const attributes = new Attributes(node);
    const given = axesOf(node, attributes, inputs, opset >= 13);
    attributes.done();
    if (!given) throw invalid(node, 'its axes are missing');
    const rank = x.shape.length + given.length;
    const axes = new Set(toAxes(node, given, rank));
    const sizes = x.shape.values();
    const shape = Array.from({ length: rank }, (_, axis) => (axes.has(axis) ? 1 : sizes.next().value!));
    return [reshaped(x, shape)];
  },
};

import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { axesOf } from '../shared/axes-input.ts';
import { required } from '../shared/inputs.ts';
import { reshaped } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';
import { toAxes } from '../shared/shapes.ts';

/** ONNX Squeeze: drops the named axes, which must have size 1; without axes, every axis of size 1. */
export const squeeze: OpDefinition = {
  op: 'Squeeze',
  domain: '',
  shapeInputs: [1],
  evaluate(node, inputs, { opset }) {
    const x = required(node, inputs, 0);
    const attributes = new Attributes(node);
    const given = axesOf(node, attributes, inputs, opset >= 13);
    attributes.done();
    const units = x.shape.flatMap((size, axis) => (size === 1 ? [axis] : []));
    const axes = given ? toAxes(node, given, x.shape.length) : units;
    const wide = axes.find((axis) => x.shape[axis] !== 1);
    if (wide !== undefined) throw invalid(node, `axis ${wide} has size ${x.shape[wide]}`);
    return [
      reshaped(
        x,
        x.shape.filter((_, axis) => !axes.includes(axis)),
      ),
    ];
  },
};

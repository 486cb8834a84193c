import { elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';
import { reshaped } from '../shared/move.ts';
import { toAxis } from '../shared/shapes.ts';

/** ONNX Flatten: a matrix of the axes before `axis` (default 1) by those from it on. */
export const flatten: OpDefinition = {
  op: 'Flatten',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const attributes = new Attributes(node);
    const given = attributes.number('axis', 1);
    attributes.done();
    const rank = x.shape.length;
    const axis = given === rank ? rank : toAxis(node, given, rank);
    return [reshaped(x, [elementCount(x.shape.slice(0, axis)), elementCount(x.shape.slice(axis))])];
  },
};

import { makeTensor } from '../../graph/make-tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';

/** ONNX Shape: the sizes of axes start to end (operator set 15; negative ones count from the rank, both are clamped). */
export const shape: OpDefinition = {
  op: 'Shape',
  domain: '',
  readsOnlyShape: true,
  evaluate(node, inputs) {
    const { shape } = required(node, inputs, 0);
    const attributes = new Attributes(node);
    const rank = shape.length;
    const clamp = (axis: number) => Math.min(Math.max(axis < 0 ? axis + rank : axis, 0), rank);
    const start = clamp(attributes.number('start', 0));
    const end = clamp(attributes.number('end', rank));
    attributes.done();
    const sizes = shape.slice(start, end);
    return [makeTensor('int64', [sizes.length], sizes)];
  },
};

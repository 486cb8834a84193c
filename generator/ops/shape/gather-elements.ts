import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { requireType, required } from '../shared/inputs.ts';
import { moved } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';
import { stridesOf, toAxis, walk } from '../shared/shapes.ts';
import { toIndex } from './gather.ts';

/** ONNX GatherElements: for each position of the indices, the element at that position with `axis` replaced by the index. */
export const gatherElements: OpDefinition = {
  op: 'GatherElements',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const indices = required(node, inputs, 1);
    requireType(node, indices, ['int64', 'int32']);
    const attributes = new Attributes(node);
    const axis = toAxis(node, attributes.number('axis', 0), x.shape.length);
    attributes.done();
    const fits =
      indices.shape.length === x.shape.length &&
      indices.shape.every((s, i) => i === axis || s <= x.shape[i]!);
    if (!fits) throw invalid(node, `indices of shape [${indices.shape.join(', ')}] do not fit its input`);
    const strides = stridesOf(x.shape);
    const from = new Int32Array(indices.data.length);
    walk(indices.shape, [strides.with(axis, 0)], (index, [at]) => {
      from[index] = at! + toIndex(node, indices.data[index]!, x.shape[axis]!) * strides[axis]!;
    });
    return [moved(node, x, indices.shape, (index) => from[index]!)];
  },
};

import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { requireType, required } from '../shared/inputs.ts';
import { invalid } from '../shared/refuse.ts';
import { readReduction, scatterInto } from '../shared/scatter.ts';
import { sameShape, stridesOf, toAxis, walk } from '../shared/shapes.ts';
import { toIndex } from './gather.ts';
import { sameAsFirst } from '../shared/same-type.ts';

/** ONNX ScatterElements: writes each update at its own position with `axis` replaced by the index. */
export const scatterElements: OpDefinition = {
  op: 'ScatterElements',
  domain: '',
  infer: sameAsFirst,
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const indices = required(node, inputs, 1);
    const updates = required(node, inputs, 2);
    requireType(node, indices, ['int64', 'int32']);
    requireType(node, updates, [x.type]);
    const attributes = new Attributes(node);
    const axis = toAxis(node, attributes.number('axis', 0), x.shape.length);
    const combine = readReduction(attributes);
    attributes.done();
    const fits =
      sameShape(indices.shape, updates.shape) &&
      indices.shape.length === x.shape.length &&
      indices.shape.every((size, i) => i === axis || size <= x.shape[i]!);
    if (!fits) throw invalid(node, 'its indices or updates do not fit its input');
    const { result, write } = scatterInto(node, x, combine);
    const strides = stridesOf(x.shape);
    walk(indices.shape, [strides.with(axis, 0)], (index, [at]) => {
      const pick = toIndex(node, indices.data[index]!, x.shape[axis]!);
      write(at! + pick * strides[axis]!, updates.data[index]!);
    });
    return [result];
  },
};

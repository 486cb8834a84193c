import { elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { requireType, required } from '../shared/inputs.ts';
import { invalid } from '../shared/refuse.ts';
import { readReduction, scatterInto } from '../shared/scatter.ts';
import { sameShape, stridesOf } from '../shared/shapes.ts';
import { toIndex } from './gather.ts';
import { sameAsFirst } from '../shared/same-type.ts';

/** ONNX ScatterND: writes a slice of the updates for each index tuple (the last axis of the indices). */
export const scatterND: OpDefinition = {
  op: 'ScatterND',
  domain: '',
  infer: sameAsFirst,
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const indices = required(node, inputs, 1);
    const updates = required(node, inputs, 2);
    requireType(node, indices, ['int64']);
    requireType(node, updates, [x.type]);
    const attributes = new Attributes(node);
    const combine = readReduction(attributes);
    attributes.done();
    const depth = indices.shape.at(-1) ?? 0;
    const rest = x.shape.slice(depth);
    const fits =
      depth >= 1 &&
      depth <= x.shape.length &&
      sameShape(updates.shape, [...indices.shape.slice(0, -1), ...rest]);
    if (!fits) throw invalid(node, 'its indices or updates do not fit its input');
    const { result, write } = scatterInto(node, x, combine);
    const strides = stridesOf(x.shape);
    const block = elementCount(rest);
    for (let tuple = 0; tuple < indices.data.length / depth; tuple++) {
      let start = 0;
      for (let axis = 0; axis < depth; axis++) {
        start += toIndex(node, indices.data[tuple * depth + axis]!, x.shape[axis]!) * strides[axis]!;
      }
      for (let i = 0; i < block; i++) write(start + i, updates.data[tuple * block + i]!);
    }
    return [result];
  },
};

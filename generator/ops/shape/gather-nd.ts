import { elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { requireType, required } from '../shared/inputs.ts';
import { moved } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';
import { sameShape, stridesOf } from '../shared/shapes.ts';
import { toIndex } from './gather.ts';

/** ONNX GatherND: each index tuple (the last axis of the indices) picks a slice, within each of `batch_dims` leading axes. */
export const gatherND: OpDefinition = {
  op: 'GatherND',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const indices = required(node, inputs, 1);
    requireType(node, indices, ['int64']);
    const attributes = new Attributes(node);
    const batchAxes = attributes.number('batch_dims', 0);
    attributes.done();
    const depth = indices.shape.at(-1) ?? 0;
    const fits =
      batchAxes < Math.min(indices.shape.length, x.shape.length) &&
      sameShape(indices.shape.slice(0, batchAxes), x.shape.slice(0, batchAxes)) &&
      depth >= 1 &&
      depth <= x.shape.length - batchAxes;
    if (!fits) throw invalid(node, `indices of shape [${indices.shape.join(', ')}] do not fit its input`);
    const rest = x.shape.slice(batchAxes + depth);
    const block = elementCount(rest);
    const strides = stridesOf(x.shape);
    const tuples = indices.data.length / depth;
    const batchSize = tuples / elementCount(x.shape.slice(0, batchAxes));
    const batchStride = batchAxes === 0 ? 0 : strides[batchAxes - 1]!;
    const starts = Array.from({ length: tuples }, (_, tuple) => {
      let at = Math.floor(tuple / batchSize) * batchStride;
      for (let i = 0; i < depth; i++) {
        const axis = batchAxes + i;
        at += toIndex(node, indices.data[tuple * depth + i]!, x.shape[axis]!) * strides[axis]!;
      }
      return at;
    });
    const shape = [...indices.shape.slice(0, -1), ...rest];
    return [moved(node, x, shape, (index) => starts[Math.floor(index / block)]! + (index % block))];
  },
};

import type { Node } from '../../graph/graph.ts';
import type { TensorType } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from './attributes.ts';
import { atMost, floatTypes, requireType, required } from './inputs.ts';
import { storer } from './numbers.ts';
import { allocate, around, toAxis } from './shapes.ts';
import { sameAsFirst } from './same-type.ts';

/**
 * y = f(x) on every line along one axis (Softmax, LogSoftmax, Hardmax). From operator set 13 on the axis defaults to the
 * last; before, all axes from `axis` (default 1) on count as one line.
 */
export function alongAxis(op: string, f: (line: Float64Array) => Float64Array): OpDefinition {
  return {
    op,
    domain: '',
    evaluate(node, inputs, { opset }) {
      const x = required(node, inputs, 0);
      const axis = axisOf(node, inputs, opset);
      const y = allocate(node, x.type, x.shape);
      let { outer, size, inner } =
        axis === x.shape.length ? { outer: x.data.length, size: 1, inner: 1 } : around(x.shape, axis);
      if (opset < 13) [size, inner] = [size * inner, 1];
      const store = storer(x.type, node);
      const line = new Float64Array(size);
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) {
          const start = o * size * inner + i;
          for (let k = 0; k < size; k++) line[k] = x.data[start + k * inner]!;
          const result = f(line);
          for (let k = 0; k < size; k++) y.data[start + k * inner] = store(result[k]!);
        }
      }
      return [y];
    },
    infer(node, inputs, context) {
      axisOf(node, inputs, context.opset);
      return sameAsFirst(node, inputs, context);
    },
  };
}

function axisOf(node: Node, inputs: readonly (TensorType | undefined)[], opset: number): number {
  const x = required(node, inputs, 0);
  atMost(node, inputs, 1);
  requireType(node, x, floatTypes);
  const attributes = new Attributes(node);
  const given = attributes.number('axis', opset >= 13 ? -1 : 1);
  attributes.done();
  const rank = x.shape.length;
  return opset < 13 && given === rank ? rank : toAxis(node, given, rank);
}

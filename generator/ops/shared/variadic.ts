import type { OpDefinition } from '../op.ts';
import { Attributes } from './attributes.ts';
import { broadcastShape, broadcastStrides } from './broadcast.ts';
import { commonType, numericTypes, requireType, required } from './inputs.ts';
import { storer } from './numbers.ts';
import { invalid } from './refuse.ts';
import { allocate, sameShape, walk } from './shapes.ts';

/** y = finish(fold(a, b, ...), count), element by element, over any number of inputs, with broadcasting from set 8 on. */
export function variadic(
  op: string,
  fold: (a: number, b: number) => number,
  finish: (total: number, count: number) => number = (total) => total,
): OpDefinition {
  return {
    op,
    domain: '',
    evaluate(node, inputs, { opset }) {
      const parts = inputs.map((_, index) => required(node, inputs, index));
      const first = required(node, inputs, 0);
      new Attributes(node).done();
      requireType(node, first, numericTypes);
      const type = commonType(node, parts);
      if (opset < 8 && parts.some((part) => !sameShape(part.shape, first.shape))) {
        throw invalid(node, 'its inputs do not have the same shape');
      }
      const shape = broadcastShape(
        node,
        parts.map((part) => part.shape),
      );
      const y = allocate(node, type, shape);
      const store = storer(type, node);
      const strides = parts.map((part) => broadcastStrides(part.shape, shape));
      walk(shape, strides, (index, offsets) => {
        let total = first.data[offsets[0]!]!;
        for (let i = 1; i < parts.length; i++) total = fold(total, parts[i]!.data[offsets[i]!]!);
        y.data[index] = store(finish(total, parts.length));
      });
      return [y];
    },
  };
}

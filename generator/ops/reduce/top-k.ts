import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { integersOf, numericTypes, requireType, required, scalarOf } from '../shared/inputs.ts';
import { invalid, unsupported } from '../shared/refuse.ts';
import { allocate, around, toAxis } from '../shared/shapes.ts';

/** ONNX TopK: the k largest (or smallest) values along an axis and their indices; the lower index first among equals. */
export const topK: OpDefinition = {
  op: 'TopK',
  domain: '',
  shapeInputs: [1],
  evaluate(node, inputs, { opset }) {
    const x = required(node, inputs, 0);
    requireType(node, x, numericTypes);
    const attributes = new Attributes(node);
    const axis = toAxis(node, attributes.number('axis', -1), x.shape.length);
    const largest = attributes.flag('largest', true);
    attributes.flag('sorted', true); // unsorted leaves the order open: the sorted one is as good as any
    const given = opset < 10 ? attributes.number('k') : undefined;
    attributes.done();
    const k = given ?? scalarOf(node, (integersOf(node, required(node, inputs, 1)), inputs[1]!));
    const { outer, size, inner } = around(x.shape, axis);
    if (!(k >= 0 && k <= size)) throw invalid(node, `k is ${k} of ${size}`);
    if (x.data.some(Number.isNaN)) throw unsupported(node, 'its input holds NaN');
    const shape = x.shape.with(axis, k);
    const values = allocate(node, x.type, shape);
    const indices = allocate(node, 'int64', shape);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        const at = (index: number): number => x.data[(o * size + index) * inner + i]!;
        const order = Array.from({ length: size }, (_, index) => index).sort((a, b) => {
          if (at(a) === at(b)) return a - b;
          return at(a) < at(b) === largest ? 1 : -1;
        });
        for (let rank = 0; rank < k; rank++) {
          const to = (o * k + rank) * inner + i;
          values.data[to] = at(order[rank]!);
          indices.data[to] = order[rank]!;
        }
      }
    }
    return [values, indices];
  },
};

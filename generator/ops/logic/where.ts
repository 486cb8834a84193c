import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { broadcastShape, broadcastStrides } from '../shared/broadcast.ts';
import { commonType, requireType, required } from '../shared/inputs.ts';
import { allocate, requireSize, walk } from '../shared/shapes.ts';

/** ONNX Where: a where the condition holds, else b; all three stretch to one shape. */
export const where: OpDefinition = {
  op: 'Where',
  domain: '',
  evaluate(node, inputs) {
    const condition = required(node, inputs, 0);
    const a = required(node, inputs, 1);
    const b = required(node, inputs, 2);
    requireType(node, condition, ['bool']);
    const type = commonType(node, [a, b]);
    new Attributes(node).done();
    const shape = broadcastShape(node, [condition.shape, a.shape, b.shape]);
    const strides = [condition, a, b].map((input) => broadcastStrides(input.shape, shape));
    if (type === 'string') {
      requireSize(node, shape);
      const strings: string[] = [];
      walk(shape, strides, (_, [c, i, j]) =>
        strings.push(condition.data[c!] ? a.strings![i!]! : b.strings![j!]!),
      );
      return [{ type, shape, data: new Float64Array(0), strings }];
    }
    const y = allocate(node, type, shape);
    walk(shape, strides, (index, [c, i, j]) => {
      y.data[index] = condition.data[c!] ? a.data[i!]! : b.data[j!]!;
    });
    return [y];
  },
};

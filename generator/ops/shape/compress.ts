import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { requireType, required } from '../shared/inputs.ts';
import { moved } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';
import { around, toAxis } from '../shared/shapes.ts';

/** ONNX Compress: keeps the positions of an axis (of the flattened input, without one) where the condition holds. */
export const compress: OpDefinition = {
  op: 'Compress',
  domain: '',
  shapeInputs: [1],
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const condition = required(node, inputs, 1);
    requireType(node, condition, ['bool']);
    const attributes = new Attributes(node);
    const given = attributes.number('axis');
    attributes.done();
    const count = x.strings?.length ?? x.data.length;
    const shape = given === undefined ? [count] : x.shape;
    const axis = given === undefined ? 0 : toAxis(node, given, shape.length);
    const { size, inner } = around(shape, axis);
    if (condition.data.length > size) throw invalid(node, 'its condition is longer than its axis');
    const kept = Array.from(condition.data.keys()).filter((index) => condition.data[index] !== 0);
    const block = kept.length * inner;
    return [
      moved(node, x, shape.with(axis, kept.length), (index) => {
        const pick = kept[Math.floor((index % block) / inner)]!;
        return (Math.floor(index / block) * size + pick) * inner + (index % inner);
      }),
    ];
  },
};

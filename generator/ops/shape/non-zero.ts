import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { numericTypes, requireType, required } from '../shared/inputs.ts';
import { allocate, stridesOf } from '../shared/shapes.ts';

/** ONNX NonZero: the positions of values other than 0, one column each, in row-major order. */
export const nonZero: OpDefinition = {
  op: 'NonZero',
  domain: '',
  shapeInputs: [0],
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    requireType(node, x, [...numericTypes, 'bool']);
    new Attributes(node).done();
    const found = Array.from(x.data.keys()).filter((index) => x.data[index] !== 0);
    // A scalar counts as a vector of one element.
    const shape = x.shape.length === 0 ? [1] : x.shape;
    const strides = stridesOf(shape);
    const y = allocate(node, 'int64', [shape.length, found.length]);
    found.forEach((index, column) => {
      shape.forEach((size, axis) => {
        y.data[axis * found.length + column] = Math.floor(index / strides[axis]!) % size;
      });
    });
    return [y];
  },
};

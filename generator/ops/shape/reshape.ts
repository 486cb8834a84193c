import { elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { integersOf, required } from '../shared/inputs.ts';
import { reshaped } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';

/** ONNX Reshape: 0 keeps the input's size (unless allowzero), one -1 takes what is left. */
export const reshape: OpDefinition = {
  op: 'Reshape',
  domain: '',
  shapeInputs: [1],
  evaluate(node, inputs, { opset }) {
    const x = required(node, inputs, 0);
    const attributes = new Attributes(node);
    const allowZero = attributes.flag('allowzero');
    const given = opset < 5 ? attributes.numbers('shape') : integersOf(node, required(node, inputs, 1));
    attributes.done();
    if (!given) throw invalid(node, 'its shape is missing');
    const shape = given.map((size, axis) => {
      if (size !== 0 || allowZero) return size;
      if (axis >= x.shape.length) throw invalid(node, `it keeps axis ${axis}, which its input does not have`);
      return x.shape[axis]!;
    });
    const open = shape.indexOf(-1);
    if (open >= 0) {
      if (shape.lastIndexOf(-1) !== open) throw invalid(node, 'more than one size is left open');
      const others = elementCount(shape.filter((_, axis) => axis !== open));
      shape[open] = elementCount(x.shape) / others;
    }
    const fits = shape.every((size) => Number.isInteger(size) && size >= 0);
    if (!fits || elementCount(shape) !== elementCount(x.shape)) {
      throw invalid(node, `[${x.shape.join(', ')}] does not reshape to [${given.join(', ')}]`);
    }
    return [reshaped(x, shape)];
  },
};

import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { convolution } from '../shared/convolution.ts';
import { requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { allocate } from '../shared/shapes.ts';
import { perChannel, sameTypeZeroPoint } from '../shared/zero-point.ts';

/** ONNX ConvInteger: a convolution of 8-bit integers after their zero points are taken off, summed in int32. */
export const convInteger: OpDefinition = {
  op: 'ConvInteger',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const w = required(node, inputs, 1);
    for (const input of [x, w]) requireType(node, input, ['int8', 'uint8']);
    sameTypeZeroPoint(node, x, inputs[2]);
    sameTypeZeroPoint(node, w, inputs[3]);
    const xZero = perChannel(node, inputs[2], 1);
    const wZero = perChannel(node, inputs[3], w.shape[0]!);
    const attributes = new Attributes(node);
    const plan = convolution(
      node,
      attributes,
      x,
      w,
      (at) => x.data[at]! - xZero(0),
      (at, channel) => w.data[at]! - wZero(channel),
    );
    attributes.done();
    const y = allocate(node, 'int32', plan.shape);
    const store = storer('int32', node);
    plan.run((index, _, sum) => (y.data[index] = store(sum)));
    return [y];
  },
};

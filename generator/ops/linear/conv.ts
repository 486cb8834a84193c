import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { convolution } from '../shared/convolution.ts';
import { commonType, floatTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate, sameShape } from '../shared/shapes.ts';

/** ONNX Conv: [batch, channels, d1, ...] with weights [outputs, channels / group, k1, ...] and a bias by output. */
export const conv: OpDefinition = {
  op: 'Conv',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const w = required(node, inputs, 1);
    const b = inputs[2];
    requireType(node, x, floatTypes);
    const type = commonType(node, b ? [x, w, b] : [x, w]);
    if (b && !sameShape(b.shape, [w.shape[0]!])) throw invalid(node, `its bias is [${b.shape.join(', ')}]`);
    const attributes = new Attributes(node);
    const plan = convolution(
      node,
      attributes,
      x,
      w,
      (at) => x.data[at]!,
      (at) => w.data[at]!,
    );
    attributes.done();
    const y = allocate(node, type, plan.shape);
    const store = storer(type, node);
    plan.run((index, channel, sum) => (y.data[index] = store(sum + (b ? b.data[channel]! : 0))));
    return [y];
  },
};

import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';
import { unsupported } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';

/** ONNX Dropout at inference: the input itself, and a mask of ones. Training mode is refused. */
export const dropout: OpDefinition = {
  op: 'Dropout',
  domain: '',
  evaluate(node, inputs, { opset }) {
    const x = required(node, inputs, 0);
    const attributes = new Attributes(node);
    attributes.number('ratio');
    attributes.number('seed');
    const testing = opset >= 7 || attributes.flag('is_test');
    attributes.done();
    const training = inputs[2]?.data.some((flag) => flag !== 0) ?? false;
    if (!testing || training) throw unsupported(node, 'it is in training mode');
    // Before operator set 10 the mask had the input's own type.
    const mask = allocate(node, opset >= 10 ? 'bool' : x.type, x.shape);
    mask.data.fill(1);
    return [x, mask];
  },
};

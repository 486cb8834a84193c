import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';
import { castTo } from './cast.ts';

/** ONNX CastLike: a cast to the type of the second input. */
export const castLike: OpDefinition = {
  op: 'CastLike',
  domain: '',
  evaluate(node, inputs) {
    const attributes = new Attributes(node);
    attributes.number('saturate');
    attributes.text('round_mode');
    attributes.done();
    return [castTo(node, required(node, inputs, 0), required(node, inputs, 1).type)];
  },
};

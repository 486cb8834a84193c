import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';

/** ONNX Identity. */
export const identity: OpDefinition = {
  op: 'Identity',
  domain: '',
  evaluate(node, inputs) {
    new Attributes(node).done();
    return [required(node, inputs, 0)];
  },
};

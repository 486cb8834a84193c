import { makeTensor } from '../../graph/make-tensor.ts';
import { elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';

/** ONNX Size: the number of elements. */
export const size: OpDefinition = {
  op: 'Size',
  domain: '',
  readsOnlyShape: true,
  evaluate(node, inputs) {
    new Attributes(node).done();
    return [makeTensor('int64', [], [elementCount(required(node, inputs, 0).shape)])];
  },
};

import { type Tensor, elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { integersOf, required } from '../shared/inputs.ts';
import { moved } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';

/** ONNX ConstantOfShape: a tensor of the given shape filled with `value` (default float32 0). */
export const constantOfShape: OpDefinition = {
  op: 'ConstantOfShape',
  domain: '',
  shapeInputs: [0],
  evaluate(node, inputs) {
    const shape = integersOf(node, required(node, inputs, 0));
    const attributes = new Attributes(node);
    const zero: Tensor = { type: 'float32', shape: [1], data: new Float64Array(1) };
    const value = attributes.tensor('value') ?? zero;
    attributes.done();
    if (elementCount(value.shape) !== 1) throw invalid(node, 'its value is not a single one');
    return [moved(node, value, shape, () => 0)];
  },
};

import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { requireType, required } from '../shared/inputs.ts';
import { integerProduct } from '../shared/integer-matmul.ts';
import { storer } from '../shared/numbers.ts';
import { allocate } from '../shared/shapes.ts';
import { sameTypeZeroPoint } from '../shared/zero-point.ts';
import { matmulPlan } from './matmul.ts';

/** ONNX MatMulInteger: a matrix product of 8-bit integers after their zero points are taken off, summed in int32. */
export const matmulInteger: OpDefinition = {
  op: 'MatMulInteger',
  domain: '',
  evaluate(node, inputs) {
    const a = required(node, inputs, 0);
    const b = required(node, inputs, 1);
    new Attributes(node).done();
    for (const input of [a, b]) requireType(node, input, ['int8', 'uint8']);
    sameTypeZeroPoint(node, a, inputs[2]);
    sameTypeZeroPoint(node, b, inputs[3]);
    const y = allocate(node, 'int32', matmulPlan(node, a.shape, b.shape).shape);
    const store = storer('int32', node);
    integerProduct(node, a, inputs[2], b, inputs[3], (index, sum) => (y.data[index] = store(sum)));
    return [y];
  },
};

import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';
import { unsupported } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';
import { tableOf } from '../shared/table.ts';

/**
 * ai.onnx.ml Normalizer: each row over its maximum, sum or Euclidean length; rows whose divisor is 0 stay. With MAX and L1 the
 * specification divides by plain values, scikit-learn and ONNX Runtime by magnitudes: rows with negative values are refused.
 */
export const normalizer: OpDefinition = {
  op: 'Normalizer',
  domain: 'ai.onnx.ml',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const table = tableOf(node, x);
    const attributes = new Attributes(node);
    const norm = attributes.choice('norm', ['MAX', 'L1', 'L2'], 'MAX');
    attributes.done();
    if (norm !== 'L2' && x.data.some((value) => value < 0)) {
      throw unsupported(node, `norm ${norm} of negative values has two readings`);
    }
    const y = allocate(node, 'float32', x.shape);
    for (let row = 0; row < table.rows; row++) {
      const values = table.at(row);
      const divisor = {
        MAX: () => values.reduce((a, b) => Math.max(a, b), 0),
        L1: () => values.reduce((a, b) => a + b, 0),
        L2: () => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)),
      }[norm]();
      values.forEach((value, i) => {
        y.data[row * table.features + i] = Math.fround(divisor === 0 ? value : value / divisor);
      });
    }
    return [y];
  },
};

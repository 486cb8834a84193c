import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';
import { linearScores } from '../shared/linear-scores.ts';
import { postTransform } from '../shared/post-transform.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';
import { tableOf } from '../shared/table.ts';

/** ai.onnx.ml LinearRegressor: one linear score a target. */
export const linearRegressor: OpDefinition = {
  op: 'LinearRegressor',
  domain: 'ai.onnx.ml',
  evaluate(node, inputs) {
    const table = tableOf(node, required(node, inputs, 0));
    const attributes = new Attributes(node);
    const coefficients = attributes.numbers('coefficients');
    const intercepts = attributes.numbers('intercepts');
    const targets = attributes.number('targets', 1);
    const transform = postTransform(node, attributes.text('post_transform', 'NONE'));
    attributes.done();
    if (!coefficients) throw invalid(node, 'its coefficients are missing');
    const y = allocate(node, 'float32', [table.rows, targets]);
    for (let row = 0; row < table.rows; row++) {
      const raw = linearScores(node, table.at(row), coefficients, intercepts, targets);
      y.data.set(transform(raw).map(Math.fround), row * targets);
    }
    return [y];
  },
};

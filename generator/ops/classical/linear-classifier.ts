import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { argMaxOf, classLabels } from '../shared/class-labels.ts';
import { required } from '../shared/inputs.ts';
import { linearScores } from '../shared/linear-scores.ts';
import { postTransform } from '../shared/post-transform.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';
import { tableOf } from '../shared/table.ts';

/** ai.onnx.ml LinearClassifier: the label of the largest linear score, and the scores after post_transform. */
export const linearClassifier: OpDefinition = {
  op: 'LinearClassifier',
  domain: 'ai.onnx.ml',
  evaluate(node, inputs) {
    const table = tableOf(node, required(node, inputs, 0));
    const attributes = new Attributes(node);
    const labels = classLabels(node, attributes, 'classlabels_ints');
    const coefficients = attributes.numbers('coefficients');
    const intercepts = attributes.numbers('intercepts');
    attributes.flag('multi_class'); // how it was trained; the scores are the same
    const transform = postTransform(node, attributes.text('post_transform', 'NONE'));
    attributes.done();
    if (!coefficients || labels.count < 2) throw invalid(node, 'its coefficients or labels are missing');
    const scores = allocate(node, 'float32', [table.rows, labels.count]);
    const picks = Array.from({ length: table.rows }, (_, row) => {
      const raw = linearScores(node, table.at(row), coefficients, intercepts, labels.count);
      scores.data.set(transform(raw).map(Math.fround), row * labels.count);
      return argMaxOf(raw);
    });
    return [labels.pick(picks), scores];
  },
};

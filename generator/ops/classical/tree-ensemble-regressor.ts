import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';
import { postTransform } from '../shared/post-transform.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';
import { tableOf } from '../shared/table.ts';
import { readTrees } from './tree-attributes.ts';
import { baseValues } from './tree-ensemble-classifier.ts';
import { aggregateVotes } from './trees.ts';

/** ai.onnx.ml TreeEnsembleRegressor: leaf votes aggregated by target, plus base values. */
export const treeEnsembleRegressor: OpDefinition = {
  op: 'TreeEnsembleRegressor',
  domain: 'ai.onnx.ml',
  evaluate(node, inputs) {
    const table = tableOf(node, required(node, inputs, 0));
    const attributes = new Attributes(node);
    const { trees, votes } = readTrees(node, attributes, 'target', table.features);
    const targets = attributes.number('n_targets', 1);
    const aggregate = attributes.choice('aggregate_function', ['SUM', 'AVERAGE', 'MIN', 'MAX'], 'SUM');
    const base = baseValues(node, attributes, targets);
    const transform = postTransform(node, attributes.text('post_transform', 'NONE'));
    attributes.done();
    if (votes.some(({ target }) => !(target >= 0 && target < targets)))
      throw invalid(node, 'a vote names no target');
    const y = allocate(node, 'float32', [table.rows, targets]);
    for (let row = 0; row < table.rows; row++) {
      const { totals } = aggregateVotes(node, trees, table.at(row), targets, aggregate);
      const raw = totals.map((total, i) => total + base[i]!);
      y.data.set(transform(raw).map(Math.fround), row * targets);
    }
    return [y];
  },
};

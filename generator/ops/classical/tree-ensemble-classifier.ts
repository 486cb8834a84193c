import type { Node } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { argMaxOf, classLabels } from '../shared/class-labels.ts';
import { required } from '../shared/inputs.ts';
import { postTransform } from '../shared/post-transform.ts';
import { invalid, unsupported } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';
import { tableOf } from '../shared/table.ts';
import { readTrees } from './tree-attributes.ts';
import { aggregateVotes } from './trees.ts';

/** ai.onnx.ml TreeEnsembleClassifier: class scores are sums of leaf votes; the label is that of the largest. */
export const treeEnsembleClassifier: OpDefinition = {
  op: 'TreeEnsembleClassifier',
  domain: 'ai.onnx.ml',
  evaluate(node, inputs) {
    const table = tableOf(node, required(node, inputs, 0));
    const attributes = new Attributes(node);
    const { trees, votes } = readTrees(node, attributes, 'class', table.features);
    const labels = classLabels(node, attributes, 'classlabels_int64s');
    const base = baseValues(node, attributes, labels.count);
    const transform = postTransform(node, attributes.text('post_transform', 'NONE'));
    attributes.done();
    if (votes.some(({ target }) => !(target >= 0 && target < labels.count))) {
      throw invalid(node, 'a vote names a class without a label');
    }
    if (labels.count === 2 && new Set(votes.map(({ target }) => target)).size === 1) {
      throw unsupported(
        node,
        'all votes of its two classes go to one of them, which runtimes read differently',
      );
    }
    const scores = allocate(node, 'float32', [table.rows, labels.count]);
    const picks = Array.from({ length: table.rows }, (_, row) => {
      const { totals, voted } = aggregateVotes(node, trees, table.at(row), labels.count, 'SUM');
      const raw = totals.map((total, i) => Math.fround(total + base[i]!));
      scores.data.set(transform(raw).map(Math.fround), row * labels.count);
      const best = argMaxOf(raw);
      // Runtimes leave classes without votes out of the choice.
      const tied = raw.some((score, i) => voted[i]! && score === raw[best]);
      if (!voted[best] && base[best] === 0 && !tied) {
        throw unsupported(node, 'the largest score of a row is that of a class without votes');
      }
      return best;
    });
    return [labels.pick(picks), scores];
  },
};

/** Base scores by class or target; zeros when absent. */
export function baseValues(node: Node, attributes: Attributes, count: number): readonly number[] {
  const tensor: Tensor | undefined = attributes.tensor('base_values_as_tensor');
  const values = tensor ? Array.from(tensor.data) : attributes.numbers('base_values');
  if (!values || values.length === 0) return new Array<number>(count).fill(0);
  if (values.length !== count)
    throw invalid(node, `it has ${values.length} base values for ${count} targets`);
  return values;
}

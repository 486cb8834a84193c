/** Tree ensembles of ai.onnx.ml, scores only: sums of votes without a transform behind them. */
import { readTrees } from '../../ops/classical/tree-attributes.ts';
import { baseValues } from '../../ops/classical/tree-ensemble-classifier.ts';
import type { Tree } from '../../ops/classical/trees.ts';
import { Attributes } from '../../ops/shared/attributes.ts';
import { classLabels } from '../../ops/shared/class-labels.ts';
import type { Node } from '../graph.ts';
import type { DecisionTree } from '../network.ts';
import { rowMajor } from '../strided-view.ts';
import { type Lowering, type Rule, refuse } from './lowering.ts';

/** Second output: a score for each class. */
export const treeClassifierRule: Rule = (node, lowering) => {
  if (lowering.isRead(node, 0)) throw refuse(node, 'its label output is used: use the scores');
  const attributes = new Attributes(node);
  const { count } = classLabels(node, attributes, 'classlabels_int64s');
  addForest(node, lowering, attributes, 'class', count, 1);
};

export const treeRegressorRule: Rule = (node, lowering) => {
  const attributes = new Attributes(node);
  const aggregate = attributes.text('aggregate_function', 'SUM');
  if (aggregate !== 'SUM') throw refuse(node, `its votes are joined by ${aggregate}`);
  addForest(node, lowering, attributes, 'target', attributes.number('n_targets', 1), 0);
};

function addForest(
  node: Node,
  lowering: Lowering,
  attributes: Attributes,
  prefix: 'class' | 'target',
  outputs: number,
  index: number,
): void {
  const input = lowering.rows(node, lowering.view(node, 0));
  if (input.steps !== 1) throw refuse(node, 'it works on several rows');
  const transform = attributes.text('post_transform', 'NONE');
  if (transform !== 'NONE') throw refuse(node, `its scores pass ${transform}`);
  const base = Float64Array.from(baseValues(node, attributes, outputs));
  const trees = readTrees(node, attributes, prefix, input.features).trees.map((tree) =>
    toDecisionTree(node, tree),
  );
  const name = node.outputs[index]!;
  const output = lowering.addBuffer(name, 1, outputs);
  lowering.setView(name, rowMajor(name, lowering.shapeOf(node, index)));
  lowering.layers.push({ kind: 'forest', node, input, output, trees, base });
}

function toDecisionTree(node: Node, tree: Tree): DecisionTree {
  if ('votes' in tree)
    return {
      votes: tree.votes.flatMap(({ target, weight }) => (weight === 0 ? [] : [{ output: target, weight }])),
    };
  const { feature, mode, threshold } = tree;
  const [yes, no] = [toDecisionTree(node, tree.yes), toDecisionTree(node, tree.no)];
  switch (mode) {
    case 'LEQ':
      return { feature, threshold, yes, no };
    case 'GT':
      return { feature, threshold, yes: no, no: yes };
    case 'LT':
      return { feature, threshold: below(threshold), yes, no };
    case 'GTE':
      return { feature, threshold: below(threshold), yes: no, no: yes };
    default:
      throw refuse(node, `a node compares by ${mode}`);
  }
}

/** The largest double below x: less than x is at most that. */
export function below(x: number): number {
  if (x === 0) return -Number.MIN_VALUE;
  const bits = new BigInt64Array(Float64Array.of(x).buffer);
  bits[0] += x > 0 ? -1n : 1n;
  return new Float64Array(bits.buffer)[0]!;
}

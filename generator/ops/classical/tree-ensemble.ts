import type { Node } from '../../graph/graph.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { floatTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { postTransform } from '../shared/post-transform.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';
import { tableOf } from '../shared/table.ts';
import { checkFeature } from './tree-attributes.ts';
import { type Aggregate, type Mode, type Tree, aggregateVotes } from './trees.ts';

const modes: readonly Mode[] = ['LEQ', 'LT', 'GTE', 'GT', 'EQ', 'NEQ', 'MEMBER'];
const aggregates: readonly Aggregate[] = ['AVERAGE', 'SUM', 'MIN', 'MAX'];

/** ai.onnx.ml TreeEnsemble (version 5): interior nodes and leaves in lists of their own, set membership included. */
export const treeEnsemble: OpDefinition = {
  op: 'TreeEnsemble',
  domain: 'ai.onnx.ml',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    requireType(node, x, floatTypes);
    const table = tableOf(node, { ...x, type: 'float64' });
    const attributes = new Attributes(node);
    const targets = attributes.number('n_targets', 1);
    const aggregate = aggregates[attributes.number('aggregate_function', 1)];
    const transform = postTransform(node, attributes.number('post_transform', 0));
    const trees = readEnsemble(node, attributes, table.features, targets);
    attributes.done();
    if (!aggregate) throw invalid(node, 'its aggregate_function is unknown');
    const y = allocate(node, x.type, [table.rows, targets]);
    const store = storer(x.type, node);
    for (let row = 0; row < table.rows; row++) {
      const { totals } = aggregateVotes(node, trees, table.at(row), targets, aggregate);
      y.data.set(transform(totals).map(store), row * targets);
    }
    return [y];
  },
};

function readEnsemble(node: Node, attributes: Attributes, features: number, targets: number): Tree[] {
  const numbers = (name: string): readonly number[] => attributes.numbers(name) ?? [];
  const values = (name: string): readonly number[] => Array.from(attributes.tensor(name)?.data ?? []);
  const featureIds = numbers('nodes_featureids');
  const nodeModes = values('nodes_modes');
  const splits = values('nodes_splits');
  const [yes, yesIsLeaf] = [numbers('nodes_truenodeids'), numbers('nodes_trueleafs')];
  const [no, noIsLeaf] = [numbers('nodes_falsenodeids'), numbers('nodes_falseleafs')];
  const missing = numbers('nodes_missing_value_tracks_true');
  const leafTargets = numbers('leaf_targetids');
  const leafWeights = values('leaf_weights');
  const members = memberSets(values('membership_values'));
  const roots = numbers('tree_roots');
  values('nodes_hitrates'); // popularity: no meaning
  const lists = [featureIds, nodeModes, splits, yes, yesIsLeaf, no, noIsLeaf];
  if (lists.some((list) => list.length !== featureIds.length) || leafTargets.length !== leafWeights.length) {
    throw invalid(node, 'its node lists differ in length');
  }

  const leaf = (place: number): Tree => {
    const [target, weight] = [leafTargets[place], leafWeights[place]];
    if (target === undefined || weight === undefined || !(target >= 0 && target < targets)) {
      throw invalid(node, 'a branch ends in a leaf that is not there');
    }
    return { votes: [{ target, weight }] };
  };
  const open = new Set<number>();
  const built = new Map<number, Tree>();
  const build = (place: number): Tree => {
    const known = built.get(place);
    if (known) return known;
    const mode = modes[nodeModes[place] ?? -1];
    if (!mode || open.has(place)) throw invalid(node, 'a branch leads to a node that is not there');
    open.add(place);
    // The sets stand in the order in which nodes of that mode appear.
    const set = nodeModes.slice(0, place).filter((other) => modes[other] === 'MEMBER').length;
    if (mode === 'MEMBER' && !members[set]) throw invalid(node, 'a set of members is missing');
    const branch: Tree = {
      feature: checkFeature(node, featureIds[place]!, features),
      mode,
      threshold: splits[place]!,
      members: mode === 'MEMBER' ? members[set] : undefined,
      missingTracksTrue: (missing[place] ?? 0) === 1,
      yes: yesIsLeaf[place] ? leaf(yes[place]!) : build(yes[place]!),
      no: noIsLeaf[place] ? leaf(no[place]!) : build(no[place]!),
    };
    open.delete(place);
    built.set(place, branch);
    return branch;
  };
  return roots.map(build);
}

/** Sets of values, each ended by NaN. */
function memberSets(values: readonly number[]): Set<number>[] {
  const sets: Set<number>[] = [new Set()];
  for (const value of values) {
    if (Number.isNaN(value)) sets.push(new Set());
    else sets.at(-1)!.add(value);
  }
  return sets;
}

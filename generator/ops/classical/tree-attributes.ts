/** Reads the nodes_* and votes attributes of TreeEnsembleClassifier and TreeEnsembleRegressor into trees. */
import type { Node } from '../../graph/graph.ts';
import type { Attributes } from '../shared/attributes.ts';
import { invalid } from '../shared/refuse.ts';
import type { Mode, Tree, Vote } from './trees.ts';

const keyOf = (tree: number, id: number): string => `${tree}/${id}`;

const even = (lists: readonly (readonly unknown[])[]): boolean =>
  lists.every((list) => list.length === lists[0]!.length);

/** Votes have a prefix: class_ or target_. */
export function readTrees(
  node: Node,
  attributes: Attributes,
  prefix: 'class' | 'target',
  features: number,
): { trees: Tree[]; votes: Vote[] } {
  const numbers = (name: string): readonly number[] => attributes.numbers(name) ?? [];
  /** Floats, or doubles in a tensor. */
  const values = (name: string): readonly number[] => {
    const tensor = attributes.tensor(`${name}_as_tensor`);
    return tensor ? Array.from(tensor.data) : numbers(name);
  };
  const treeIds = numbers('nodes_treeids');
  const nodeIds = numbers('nodes_nodeids');
  const featureIds = numbers('nodes_featureids');
  const modes = attributes.texts('nodes_modes') ?? [];
  const thresholds = values('nodes_values');
  const yes = numbers('nodes_truenodeids');
  const no = numbers('nodes_falsenodeids');
  const missing = numbers('nodes_missing_value_tracks_true');
  values('nodes_hitrates'); // popularity: no meaning
  const voteTrees = numbers(`${prefix}_treeids`);
  const voteNodes = numbers(`${prefix}_nodeids`);
  const voteTargets = numbers(`${prefix}_ids`);
  const voteWeights = values(`${prefix}_weights`);
  const lists = [treeIds, nodeIds, featureIds, modes, thresholds, yes, no];
  const voteLists = [voteTrees, voteNodes, voteTargets, voteWeights];
  if (!even(lists) || !even(voteLists) || treeIds.length === 0)
    throw invalid(node, 'its node lists differ in length');

  const places = new Map(nodeIds.map((id, i) => [keyOf(treeIds[i]!, id), i]));
  const votes = new Map<string, Vote[]>();
  voteNodes.forEach((id, i) => {
    const key = keyOf(voteTrees[i]!, id);
    votes.set(key, [...(votes.get(key) ?? []), { target: voteTargets[i]!, weight: voteWeights[i]! }]);
  });
  const built = new Map<number, Tree>();
  const open = new Set<number>();
  const build = (place: number | undefined): Tree => {
    if (place === undefined || open.has(place))
      throw invalid(node, 'a tree refers to a node that it does not have');
    const known = built.get(place);
    if (known) return known;
    open.add(place);
    const mode = modes[place]!;
    const tree = treeIds[place]!;
    const result: Tree =
      mode === 'LEAF'
        ? { votes: votes.get(keyOf(tree, nodeIds[place]!)) ?? [] }
        : {
            feature: checkFeature(node, featureIds[place]!, features),
            mode: modeOf(node, mode),
            threshold: thresholds[place]!,
            missingTracksTrue: (missing[place] ?? 0) === 1,
            yes: build(places.get(keyOf(tree, yes[place]!))),
            no: build(places.get(keyOf(tree, no[place]!))),
          };
    open.delete(place);
    built.set(place, result);
    return result;
  };
  // The first node of each tree is its root.
  const roots = treeIds.flatMap((tree, i) => (treeIds.indexOf(tree) === i ? [i] : []));
  return { trees: roots.map(build), votes: [...votes.values()].flat() };
}

export function checkFeature(node: Node, feature: number, features: number): number {
  if (!(feature >= 0 && feature < features))
    throw invalid(node, `it asks for feature ${feature} of ${features}`);
  return feature;
}

function modeOf(node: Node, text: string): Mode {
  const mode = text.replace('BRANCH_', '');
  if (!['LEQ', 'LT', 'GTE', 'GT', 'EQ', 'NEQ'].includes(mode))
    throw invalid(node, `a node's mode is ${text}`);
  return mode as Mode;
}

/**
 * Decision trees in the form that TreeEnsembleClassifier, TreeEnsembleRegressor and TreeEnsemble share once their attributes
 * are read: interior nodes that compare a feature, and leaves that vote.
 */
import type { Node } from '../../graph/graph.ts';
import { unsupported } from '../shared/refuse.ts';

export type Mode = 'LEQ' | 'LT' | 'GTE' | 'GT' | 'EQ' | 'NEQ' | 'MEMBER';

export interface Vote {
  target: number;
  weight: number;
}

export type Tree = { votes: readonly Vote[] } | Branch;

export interface Branch {
  feature: number;
  mode: Mode;
  threshold: number;
  /** For MEMBER: the values that go the true way. */
  members?: ReadonlySet<number>;
  /** Where a missing value (NaN) goes. */
  missingTracksTrue: boolean;
  yes: Tree;
  no: Tree;
}

const compare: Record<Exclude<Mode, 'MEMBER'>, (x: number, threshold: number) => boolean> = {
  LEQ: (x, t) => x <= t,
  LT: (x, t) => x < t,
  GTE: (x, t) => x >= t,
  GT: (x, t) => x > t,
  EQ: (x, t) => x === t,
  NEQ: (x, t) => x !== t,
};

/** The votes of the leaf that a row ends in. */
export function votesOf(node: Node, root: Tree, row: Float64Array): readonly Vote[] {
  let tree = root;
  while (!('votes' in tree)) tree = goesTrue(node, tree, row) ? tree.yes : tree.no;
  return tree.votes;
}

function goesTrue(node: Node, branch: Branch, row: Float64Array): boolean {
  const x = row[branch.feature]!;
  if (Number.isNaN(x)) {
    // C compares NaN as different, the specification sends it where the attribute says.
    if (branch.mode === 'NEQ' && !branch.missingTracksTrue)
      throw unsupported(node, 'it compares NaN with BRANCH_NEQ');
    return branch.missingTracksTrue;
  }
  return branch.mode === 'MEMBER' ? branch.members!.has(x) : compare[branch.mode](x, branch.threshold);
}

export type Aggregate = 'AVERAGE' | 'SUM' | 'MIN' | 'MAX';

/** One value a target over all trees; a target without votes is 0. */
export function aggregateVotes(
  node: Node,
  trees: readonly Tree[],
  row: Float64Array,
  targets: number,
  aggregate: Aggregate,
): { totals: Float64Array; voted: boolean[] } {
  const totals = new Float64Array(targets);
  const voted = new Array<boolean>(targets).fill(false);
  for (const tree of trees) {
    for (const { target, weight } of votesOf(node, tree, row)) {
      const before = totals[target]!;
      if (!voted[target]) totals[target] = weight;
      else if (aggregate === 'MIN') totals[target] = Math.min(before, weight);
      else if (aggregate === 'MAX') totals[target] = Math.max(before, weight);
      else totals[target] = before + weight;
      voted[target] = true;
    }
  }
  if (aggregate === 'AVERAGE') totals.forEach((total, i) => (totals[i] = total / trees.length));
  return { totals, voted };
}

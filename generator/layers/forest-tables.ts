/**
 * Trees -> the tables of assembly/forest.ts, for inputs that are whole numbers of `inputScale`.
 *
 * The threshold of a node becomes the largest whole number k with k * inputScale <= threshold, compared in float64. So the table decides, at
 * every node, exactly as the float tree does on the input that the integer stands for; the two part ways only where a feature lies within
 * the rounding of the input (half a step) of a threshold.
 */
import { kernelRefusals } from '../../common/refusals/index.ts';
import type { DecisionTree, ForestLayer } from '../graph/network.ts';

const INT16_MAX = 32767;
const INT16_MIN = -32768;

export interface EncodedForest {
  roots: Int32Array<ArrayBuffer>;
  nodes: Int16Array<ArrayBuffer>;
  votes: Int16Array<ArrayBuffer>;
  /** Real value of one step of a vote. */
  voteScale: number;
  /** Largest magnitude of each output's sum, in steps, whatever the input. */
  bounds: number[];
  rows: Int32Array<ArrayBuffer>;
}

export function encodeForest({ name, trees, base }: ForestLayer, inputScale: number): EncodedForest {
  const pruned = trees.map((tree) => prune(tree, inputScale));
  const largest = Math.max(
    0,
    ...pruned.map((tree) => Math.max(0, ...votesOf(tree).map((v) => Math.abs(v.weight)))),
  );
  const voteScale = largest > 0 ? largest / INT16_MAX : 1;
  const rows = Int32Array.from(base, (b) => inSteps(b, voteScale));
  const bounds = Array.from(rows, (b) => Math.abs(b));
  const roots: number[] = [];
  const nodes: number[] = [];
  const votes: number[] = [];

  const write = (tree: Pruned): void => {
    if ('votes' in tree) {
      const cast = tree.votes
        .map(({ output, weight }) => [output, Math.round(weight / voteScale)])
        .filter(([, weight]) => weight !== 0);
      const first = votes.length / 2;
      nodes.push(-1 - cast.length, first >>> 16, first & 0xffff);
      votes.push(...cast.flat());
      return;
    }
    const at = nodes.length;
    nodes.push(tree.feature, tree.threshold, 0);
    write(tree.yes);
    const away = (nodes.length - at) / 3;
    if (away > 0xffff || tree.feature > INT16_MAX) throw kernelRefusals.forestTooLarge(name);
    nodes[at + 2] = away;
    write(tree.no);
  };
  for (const tree of pruned) {
    roots.push(nodes.length / 3);
    write(tree);
    worstVotes(tree, bounds.length, voteScale).forEach((worst, output) => (bounds[output] += worst));
  }
  return {
    roots: Int32Array.from(roots),
    nodes: Int16Array.from(nodes),
    votes: Int16Array.from(votes),
    voteScale,
    bounds,
    rows,
  };
}

const inSteps = (real: number, scale: number): number => Math.round(real / scale);

type Leaf = Extract<DecisionTree, { votes: readonly unknown[] }>;
/** Thresholds in steps of the input; nodes that every input passes the same way are gone. */
type Pruned = Leaf | { feature: number; threshold: number; yes: Pruned; no: Pruned };

function prune(tree: DecisionTree, inputScale: number): Pruned {
  if ('votes' in tree) return tree;
  const threshold = thresholdOf(tree.threshold, inputScale);
  if (threshold < INT16_MIN) return prune(tree.no, inputScale);
  if (threshold >= INT16_MAX) return prune(tree.yes, inputScale);
  return {
    feature: tree.feature,
    threshold,
    yes: prune(tree.yes, inputScale),
    no: prune(tree.no, inputScale),
  };
}

/** The largest whole k with k * scale <= threshold, by the comparison that a float tree makes on k * scale. */
export function thresholdOf(threshold: number, scale: number): number {
  let k = Math.max(INT16_MIN - 2, Math.min(INT16_MAX + 2, Math.floor(threshold / scale)));
  while (k <= INT16_MAX && (k + 1) * scale <= threshold) k++;
  while (k >= INT16_MIN && k * scale > threshold) k--;
  return k;
}

const votesOf = (tree: Pruned): Leaf['votes'] =>
  'votes' in tree ? tree.votes : [...votesOf(tree.yes), ...votesOf(tree.no)];

/** Largest magnitude that any leaf of a tree gives each output, in steps. */
function worstVotes(tree: Pruned, outputs: number, voteScale: number): number[] {
  if ('votes' in tree) {
    const worst = new Array<number>(outputs).fill(0);
    for (const { output, weight } of tree.votes) worst[output] += Math.abs(inSteps(weight, voteScale));
    return worst;
  }
  const [yes, no] = [worstVotes(tree.yes, outputs, voteScale), worstVotes(tree.no, outputs, voteScale)];
  return yes.map((worst, output) => Math.max(worst, no[output]));
}

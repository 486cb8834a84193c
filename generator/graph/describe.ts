/** What `escapement inspect` shows of a network, layer by layer. */
import { readsOfLayer, writesOfLayer } from './draft.ts';
import type { BufferShape, DecisionTree, Layer, Network } from './network.ts';

export interface LayerDescription {
  name: string;
  kind: Layer['kind'];
  input: BufferShape;
  output: BufferShape;
  /** Trained numbers: weights and biases. */
  parameters: number;
  /** Weights alone: what a kernel stores at the weight width. */
  weights: number;
  /** Multiply-accumulates of one inference. */
  macs: number;
  parallel?: { group: number; branch: number };
}

export function describeNetwork(network: Network): LayerDescription[] {
  return network.layers.map((layer) => {
    const [weights, biases] = countsOf(layer);
    return {
      name: layer.name,
      kind: layer.kind,
      input: joined(readsOfLayer(layer)),
      output: joined(writesOfLayer(layer).slice(0, 1)),
      parameters: weights + biases,
      weights,
      macs: macsOf(layer),
      ...(layer.parallel && { parallel: layer.parallel }),
    };
  });
}

/** Several views in a row count as one longer one. */
function joined(views: readonly BufferShape[]): BufferShape {
  const [first, ...others] = views;
  const steps = first!.steps;
  if (steps === 1) return { steps, features: views.reduce((sum, view) => sum + view.features, 0) };
  return { steps: others.reduce((sum, view) => sum + view.steps, steps), features: first!.features };
}

function countsOf(layer: Layer): [weights: number, biases: number] {
  switch (layer.kind) {
    case 'dense':
      return [layer.weights.length, layer.bias.length];
    case 'lstm':
    case 'rnn':
      return [layer.inputWeights.length + layer.recurrentWeights.length, layer.bias.length];
    case 'gru':
      return [
        layer.inputWeights.length + layer.recurrentWeights.length,
        layer.bias.length + layer.recurrentBias.length,
      ];
    case 'attentionPool':
      return [layer.scoreWeights.length, 1];
    case 'neighbours':
      return [layer.vectors.length, 0];
    case 'kernelRidge':
      return [layer.weights.length + (layer.vectors?.length ?? 0), 1];
    case 'forest': {
      const [thresholds, votes] = countTrees(layer.trees);
      return [thresholds + votes, 0];
    }
    default:
      return [0, 0];
  }
}

/** Products with weights, and the weighted sum of a pool; gates and activations are not counted. */
function macsOf(layer: Layer): number {
  switch (layer.kind) {
    case 'dense':
      return layer.input.steps * layer.weights.length;
    case 'lstm':
    case 'gru':
    case 'rnn':
      return layer.input.steps * (layer.inputWeights.length + layer.recurrentWeights.length);
    case 'neighbours':
      return layer.vectors.length;
    case 'kernelRidge':
      return layer.weights.length + (layer.vectors?.length ?? 0);
    case 'attentionPool':
      return 2 * layer.input.steps * layer.input.features;
    default:
      return 0;
  }
}

/** Thresholds and votes. */
const countTrees = (trees: readonly DecisionTree[]): [thresholds: number, votes: number] =>
  trees.map(countTree).reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);

function countTree(tree: DecisionTree): [thresholds: number, votes: number] {
  if ('votes' in tree) return [0, tree.votes.length];
  const [yes, no] = [countTree(tree.yes), countTree(tree.no)];
  return [1 + yes[0] + no[0], yes[1] + no[1]];
}

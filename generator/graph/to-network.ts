/** Graph -> Network: folds, lowers every node to layers and views, fuses, and names. One pass, one file. */
import type { Graph } from './graph.ts';
import type { Network } from './network.ts';
import { dropLabels } from './drop-labels.ts';
import { fold } from './fold.ts';
import { lower } from './lower/lower.ts';
import { concatInPlace } from './passes/concat-in-place.ts';
import { finish } from './passes/finish.ts';
import { fuseActivation } from './passes/fuse-activation.ts';
import { fuseAffine } from './passes/fuse-affine.ts';
import { fuseAttention } from './passes/fuse-attention.ts';
import { keepLastState } from './passes/last-state.ts';
import { prune } from './passes/prune.ts';
import { readThroughConcat } from './passes/read-through-concat.ts';
import { retime } from './retime.ts';

export interface NetworkOptions {
  /** Re-times the model to this number of input steps; weights stay. */
  steps?: number;
}

/**
 * The network that kernels are made from. Refuses by node name (ESC120 to ESC146) whatever has no kernel; the
 * network computes the same function as the graph, up to rounding of fused constants.
 */
export function toNetwork(graph: Graph, options: NetworkOptions = {}): Network {
  const draft = lower(fold(dropLabels(graph)));
  const passes = [
    readThroughConcat,
    prune,
    fuseAffine, // before activations: they end what a dense layer can take in
    fuseActivation,
    fuseAttention, // needs score layers with their bias inside
    keepLastState,
    concatInPlace, // after last states: they are what is joined
    prune,
  ];
  const network = finish(passes.reduce((current, pass) => pass(current), draft));
  return options.steps === undefined ? network : retime(network, options.steps);
}

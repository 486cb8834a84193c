/** Test support: whether a network computes what its graph computes. */
import { evaluateNetwork } from '../../layers/evaluate-network.ts';
import { evaluateGraph } from '../../ops/evaluate.ts';
import type { Graph } from '../graph.ts';
import { floats } from '../make-tensor.ts';
import type { Network } from '../network.ts';
import { elementCount } from '../tensor.ts';
import { toNetwork } from '../to-network.ts';

export const kinds = (network: Network): string[] => network.layers.map((layer) => layer.kind);

/** The largest difference between graph and network on a wave. */
export function difference(graph: Graph, network = toNetwork(graph)): number {
  const [input] = graph.inputs;
  const wave = Array.from({ length: elementCount(input!.shape) }, (_, i) =>
    Math.fround(Math.sin(0.7 * i + 0.3)),
  );
  const expected = evaluateGraph(graph, new Map([[input!.name, floats(input!.shape, wave)]]));
  const wanted = expected.get(graph.outputs[0]!)!.data;
  const found = evaluateNetwork(network, Float64Array.from(wave))[network.output]!;
  if (found.length !== wanted.length) return Infinity;
  return found.reduce((worst, value, i) => Math.max(worst, Math.abs(value - wanted[i]!)), 0);
}

/**
 * Finds branches that may run at the same time: where a layer joins what several layers computed, the layers that only
 * one of its inputs depends on form a branch (the sub-RNN: two LSTMs on the halves of a window).
 */
import { overlaps, readsOfLayer, writesOfLayer } from '../draft.ts';
import type { Layer } from '../network.ts';

/** The same layers with `parallel` set on those in branches; the outermost join wins where joins nest. */
export function findBranches(layers: readonly Layer[]): Layer[] {
  const needs = layers.map((layer, index) => directNeeds(layers, layer, index));
  const ancestors: Set<number>[] = [];
  needs.forEach((direct, index) => {
    ancestors[index] = new Set([...direct].flatMap((need) => [need, ...ancestors[need]!]));
  });

  const parallel = new Map<number, { group: number; branch: number }>();
  let groups = 0;
  for (let join = layers.length - 1; join >= 0; join--) {
    const arms = [...needs[join]!].map((need) => new Set([need, ...ancestors[need]!]));
    const branches = arms
      .map((arm, i) => [...arm].filter((layer) => arms.every((other, j) => j === i || !other.has(layer))))
      .filter((branch) => branch.length > 0);
    const taken = branches.flat().some((layer) => parallel.has(layer));
    if (branches.length < 2 || taken) continue;
    branches.forEach((branch, index) =>
      branch.forEach((layer) => parallel.set(layer, { group: groups, branch: index })),
    );
    groups++;
  }
  return layers.map((layer, index) =>
    parallel.has(index) ? { ...layer, parallel: parallel.get(index) } : layer,
  );
}

/** Indices of earlier layers that write what this layer reads, in order. */
function directNeeds(layers: readonly Layer[], layer: Layer, index: number): Set<number> {
  const reads = readsOfLayer(layer);
  const writers = layers.slice(0, index).flatMap((earlier, i) => {
    const feeds = writesOfLayer(earlier).some((write) => reads.some((read) => overlaps(read, write)));
    return feeds ? [i] : [];
  });
  return new Set(writers);
}

/** Drops layers whose results nobody reads, outputs of LSTMs that nobody reads, and buffers that nobody touches. */
import { type Draft, type DraftLayer, readsOfLayer, writesOfLayer } from '../draft.ts';

export function prune(draft: Draft): Draft {
  const needed = new Set([draft.output]);
  const layers = draft.layers
    .toReversed()
    .map((layer): DraftLayer => {
      if (layer.kind !== 'lstm') return keep(layer, needed);
      const wanted = (view?: { buffer: string }): boolean => view !== undefined && needed.has(view.buffer);
      const sequence = wanted(layer.sequence) ? layer.sequence : undefined;
      const last = wanted(layer.last) ? layer.last : undefined;
      return keep({ ...layer, sequence, last }, needed);
    })
    .filter((layer) => writesOfLayer(layer).some((view) => needed.has(view.buffer)))
    .toReversed();
  const touched = new Set([
    draft.input,
    ...layers.flatMap((l) => [...readsOfLayer(l), ...writesOfLayer(l)]).map((v) => v.buffer),
  ]);
  const buffers = Object.fromEntries(Object.entries(draft.buffers).filter(([name]) => touched.has(name)));
  return { ...draft, layers, buffers };
}

function keep(layer: DraftLayer, needed: Set<string>): DraftLayer {
  if (writesOfLayer(layer).some((view) => needed.has(view.buffer))) {
    readsOfLayer(layer).forEach((view) => needed.add(view.buffer));
  }
  return layer;
}

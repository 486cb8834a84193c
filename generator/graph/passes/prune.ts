/** Drops layers whose results nobody reads, outputs of recurrent layers that nobody reads, and buffers that nobody touches. */
import {
  type Draft,
  type DraftLayer,
  isRecurrent,
  readsOfLayer,
  withWrites,
  writesOfLayer,
} from '../draft.ts';

export function prune(draft: Draft): Draft {
  const needed = new Set([draft.output]);
  const layers = draft.layers
    .toReversed()
    .map((layer): DraftLayer => {
      if (!isRecurrent(layer)) return keep(layer, needed);
      return keep(
        withWrites(layer, (view) => (needed.has(view.buffer) ? view : undefined)),
        needed,
      );
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

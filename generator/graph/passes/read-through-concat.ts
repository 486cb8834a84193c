/**
 * A layer that reads only one part of a concatenation reads that part where it comes from. Exporters join the final states
 * of stacked LSTMs and then use the last one.
 */
import type { View } from '../network.ts';
import { type Draft, type DraftLayer, readsOfLayer, replaceLayers, sizeOf, writerOf } from '../draft.ts';
import { withReads } from './last-state.ts';

export function readThroughConcat(draft: Draft): Draft {
  const changes = new Map<DraftLayer, DraftLayer>();
  for (const layer of draft.layers) {
    const direct = (view: View): View => partOf(draft, view) ?? view;
    if (readsOfLayer(layer).some((view) => partOf(draft, view))) changes.set(layer, withReads(layer, direct));
  }
  return replaceLayers(draft, changes);
}

/** The same values in the buffer of the part that holds all of them. */
function partOf(draft: Draft, view: View): View | undefined {
  const concat = writerOf(draft, view.buffer);
  if (concat?.kind !== 'concat') return undefined;
  let start = concat.output.offset;
  for (const part of concat.inputs) {
    const inside = view.offset >= start && view.offset + sizeOf(view) <= start + sizeOf(part);
    if (inside) return { ...view, buffer: part.buffer, offset: part.offset + view.offset - start };
    start += sizeOf(part);
  }
  return undefined;
}

/**
 * A recurrent layer whose sequence is read only at its final step (the last one, or the first in reverse) keeps that step
 * alone.
 */
import type { View } from '../network.ts';
import {
  type Draft,
  type DraftLayer,
  type DraftOf,
  type RecurrentKind,
  isRecurrent,
  readersOf,
  readsOfLayer,
  replaceLayers,
} from '../draft.ts';

export function keepLastState(draft: Draft): Draft {
  for (const layer of draft.layers) {
    if (!isRecurrent(layer) || !layer.sequence || layer.direction === 'bidirectional') continue;
    const { sequence, input } = layer;
    if (draft.output === sequence.buffer || sequence.steps !== input.steps) continue;
    const at = layer.direction === 'reverse' ? 0 : (sequence.steps - 1) * layer.hidden;
    const isFinal = (view: View): boolean =>
      view.steps === 1 && view.features === layer.hidden && view.offset === at;
    const readers = readersOf(draft, sequence.buffer);
    const reads = readers.flatMap(readsOfLayer).filter((view) => view.buffer === sequence.buffer);
    if (reads.length > 0 && reads.every(isFinal)) return keepLastState(withLast(draft, layer, readers));
  }
  return draft;
}

function withLast(draft: Draft, layer: DraftOf<RecurrentKind>, readers: readonly DraftLayer[]): Draft {
  const { hidden } = layer;
  const all = layer.sequence!.buffer;
  const last = layer.last ?? { buffer: `${all}_last`, offset: 0, steps: 1, features: hidden };
  const redirect = (view: View): View => (view.buffer === all ? { ...last } : view);
  const changes = new Map<DraftLayer, DraftLayer>([[layer, { ...layer, sequence: undefined, last }]]);
  for (const reader of readers) changes.set(reader, withReads(reader, redirect));
  const buffers = { ...draft.buffers, [last.buffer]: { steps: 1, features: hidden } };
  return replaceLayers({ ...draft, buffers }, changes);
}

/** The layer with each view that it reads changed. */
export function withReads(layer: DraftLayer, change: (view: View) => View): DraftLayer {
  switch (layer.kind) {
    case 'concat':
      return { ...layer, inputs: layer.inputs.map(change) };
    case 'weighting':
    case 'weightedSum':
      return { ...layer, input: change(layer.input), weights: change(layer.weights) };
    default:
      return { ...layer, input: change(layer.input) };
  }
}

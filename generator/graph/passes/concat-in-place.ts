/**
 * A concatenation whose parts are whole LSTM outputs that nothing else reads disappears: the LSTMs write straight into
 * its buffer. Only LSTM outputs, because a buffer has one number format and theirs always is the same.
 */
import type { View } from '../network.ts';
import {
  type Draft,
  type DraftLayer,
  type DraftOf,
  replaceLayers,
  sizeOf,
  soleReader,
  writerOf,
} from '../draft.ts';

export function concatInPlace(draft: Draft): Draft {
  for (const concat of draft.layers) {
    if (concat.kind !== 'concat') continue;
    const writers = concat.inputs.map((input) => lstmOf(draft, input, concat));
    if (!writers.every((writer) => writer !== undefined)) continue;
    if (new Set(concat.inputs.map((input) => input.buffer)).size < concat.inputs.length) continue;
    const changes = new Map<DraftLayer, DraftLayer | undefined>([[concat, undefined]]);
    let offset = concat.output.offset;
    concat.inputs.forEach((input, index) => {
      const writer = writers[index]!;
      const current = (changes.get(writer) ?? writer) as DraftOf<'lstm'>;
      const moved = (view?: View): View | undefined =>
        view?.buffer === input.buffer ? { ...view, buffer: concat.output.buffer, offset } : view;
      changes.set(writer, { ...current, sequence: moved(current.sequence), last: moved(current.last) });
      offset += sizeOf(input);
    });
    return concatInPlace(replaceLayers(draft, changes));
  }
  return draft;
}

/** The LSTM that writes all of `part`, which only the concatenation reads. */
function lstmOf(draft: Draft, part: View, concat: DraftLayer): DraftOf<'lstm'> | undefined {
  const writer = writerOf(draft, part.buffer);
  if (writer?.kind !== 'lstm' || soleReader(draft, part.buffer) !== concat) return undefined;
  const { steps, features } = draft.buffers[part.buffer]!;
  return sizeOf(part) === steps * features ? writer : undefined;
}

/**
 * A concatenation whose parts are whole outputs of recurrent layers that nothing else reads disappears: the layers write
 * straight into its buffer. Only states within -1 .. 1, because a buffer has one number format and theirs is the same.
 */
import type { View } from '../network.ts';
import {
  type Draft,
  type DraftLayer,
  type DraftOf,
  type RecurrentKind,
  isRecurrent,
  replaceLayers,
  sizeOf,
  soleReader,
  withWrites,
  writerOf,
} from '../draft.ts';

export function concatInPlace(draft: Draft): Draft {
  for (const concat of draft.layers) {
    if (concat.kind !== 'concat') continue;
    const writers = concat.inputs.map((input) => stateWriter(draft, input, concat));
    if (!writers.every((writer) => writer !== undefined)) continue;
    if (new Set(concat.inputs.map((input) => input.buffer)).size < concat.inputs.length) continue;
    const changes = new Map<DraftLayer, DraftLayer | undefined>([[concat, undefined]]);
    let offset = concat.output.offset;
    concat.inputs.forEach((input, index) => {
      const writer = writers[index]!;
      const current = (changes.get(writer) ?? writer) as DraftOf<RecurrentKind>;
      const moved = (view: View): View =>
        view.buffer === input.buffer ? { ...view, buffer: concat.output.buffer, offset } : view;
      changes.set(writer, withWrites(current, moved));
      offset += sizeOf(input);
    });
    return concatInPlace(replaceLayers(draft, changes));
  }
  return draft;
}

/** The layer that writes all of `part` as its states, which only the concatenation reads. */
function stateWriter(draft: Draft, part: View, concat: DraftLayer): DraftOf<RecurrentKind> | undefined {
  const writer = writerOf(draft, part.buffer);
  if (!writer || !isRecurrent(writer) || soleReader(draft, part.buffer) !== concat) return undefined;
  if (writer.kind === 'rnn' && writer.activation === 'relu') return undefined;
  if (writer.kind === 'lstm' && writer.lastCell?.buffer === part.buffer) return undefined;
  if (writer.initialHidden?.some((value) => Math.abs(value) >= 1)) return undefined;
  const { steps, features } = draft.buffers[part.buffer]!;
  return sizeOf(part) === steps * features ? writer : undefined;
}

/**
 * Takes scales and shifts into the weights of a neighbouring layer:
 *   dense, then affine      W' = diag(s) W, b' = s b + t
 *   affine, then dense      W' = W diag(s), b' = b + W t          (a recurrent layer's input weights alike, at every step)
 *   affine, then affine     s' = s2 s1,     t' = s2 t1 + t2
 */
import {
  type Draft,
  type DraftLayer,
  type DraftOf,
  isRecurrent,
  readsOfLayer,
  replaceLayers,
  sameView,
  soleReader,
  writerOf,
} from '../draft.ts';

type Affine = DraftOf<'affine'>;

export function fuseAffine(draft: Draft): Draft {
  for (const layer of draft.layers) {
    if (layer.kind !== 'affine') continue;
    const changes = intoWriter(draft, layer) ?? intoReaders(draft, layer);
    if (changes) return fuseAffine(replaceLayers(draft, changes));
  }
  return draft;
}

type Changes = Map<DraftLayer, DraftLayer | undefined>;

function intoWriter(draft: Draft, affine: Affine): Changes | undefined {
  const writer = writerOf(draft, affine.input.buffer);
  if (!writer || soleReader(draft, affine.input.buffer) !== affine) return undefined;
  if (writer.kind === 'affine' && sameView(writer.output, affine.input)) {
    const scale = affine.scale.map((s, i) => s * writer.scale[i]!);
    const shift = affine.shift.map((t, i) => t + affine.scale[i]! * writer.shift[i]!);
    return new Map([
      [writer, undefined],
      [affine, { ...affine, input: writer.input, scale, shift }],
    ]);
  }
  if (writer.kind !== 'dense' || writer.activation !== 'none' || !sameView(writer.output, affine.input)) {
    return undefined;
  }
  const width = writer.input.features;
  const weights = writer.weights.map((w, i) => w * affine.scale[Math.floor(i / width)]!);
  const bias = writer.bias.map((b, i) => b * affine.scale[i]! + affine.shift[i]!);
  return new Map<DraftLayer, DraftLayer | undefined>([
    [writer, { ...writer, output: affine.output, weights, bias }],
    [affine, undefined],
  ]);
}

function intoReaders(draft: Draft, affine: Affine): Changes | undefined {
  const { output } = affine;
  const readers = draft.layers.filter((layer) =>
    readsOfLayer(layer).some((view) => view.buffer === output.buffer),
  );
  if (readers.length === 0 || draft.output === output.buffer) return undefined;
  const changes: Changes = new Map([[affine, undefined]]);
  for (const reader of readers) {
    if (reader.kind !== 'dense' && !isRecurrent(reader)) return undefined;
    if (reader.input.features !== output.features || reader.input.offset % output.features !== 0)
      return undefined;
    const input = {
      ...reader.input,
      buffer: affine.input.buffer,
      offset: affine.input.offset + reader.input.offset,
    };
    const matrix = reader.kind === 'dense' ? reader.weights : reader.inputWeights;
    const scaled = matrix.map((w, i) => w * affine.scale[i % output.features]!);
    const bias = reader.bias.map((b, row) => b + dot(matrix, row * output.features, affine.shift));
    changes.set(
      reader,
      reader.kind === 'dense'
        ? { ...reader, input, weights: scaled, bias }
        : { ...reader, input, inputWeights: scaled, bias },
    );
  }
  return changes;
}

function dot(matrix: Float64Array, from: number, vector: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += matrix[from + i]! * vector[i]!;
  return sum;
}

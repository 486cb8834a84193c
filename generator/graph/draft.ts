/**
 * A network in the making: layers of the final kinds beside helper kinds that the passes fuse away. What no pass could
 * fuse is refused by the name of its node.
 */
import type { Node } from './graph.ts';
import type {
  ActivationLayer,
  AttentionPoolLayer,
  BufferShape,
  ConcatLayer,
  DenseLayer,
  ForestLayer,
  GruLayer,
  Layer,
  LstmLayer,
  RecurrentLayer,
  RnnLayer,
  SoftmaxLayer,
  View,
} from './network.ts';

type Draftable<L extends Layer> = Omit<L, 'name'> & { node: Node };

/** y = scale * x + shift for each feature of each step: fused into a dense or LSTM layer before or behind. */
export interface Affine {
  kind: 'affine';
  node: Node;
  input: View;
  output: View;
  scale: Float64Array;
  shift: Float64Array;
}

/** Softmax over the steps of a view with one feature: becomes part of attention pooling. */
export interface TimeSoftmax {
  kind: 'timeSoftmax';
  node: Node;
  input: View;
  output: View;
}

/** y(t) = weights(t) * x(t): the first half of a weighted sum. */
export interface Weighting {
  kind: 'weighting';
  node: Node;
  weights: View;
  input: View;
  output: View;
}

/** y = sum over t of x(t). */
export interface TimeSum {
  kind: 'timeSum';
  node: Node;
  input: View;
  output: View;
}

/** y = sum over t of weights(t) * x(t). */
export interface WeightedSum {
  kind: 'weightedSum';
  node: Node;
  weights: View;
  input: View;
  output: View;
}

export type DraftLayer =
  | Draftable<DenseLayer>
  | Draftable<LstmLayer>
  | Draftable<GruLayer>
  | Draftable<RnnLayer>
  | Draftable<AttentionPoolLayer>
  | Draftable<ActivationLayer>
  | Draftable<ConcatLayer>
  | Draftable<SoftmaxLayer>
  | Draftable<ForestLayer>
  | Affine
  | TimeSoftmax
  | Weighting
  | TimeSum
  | WeightedSum;

export type DraftOf<Kind extends DraftLayer['kind']> = Extract<DraftLayer, { kind: Kind }>;

export interface Draft {
  name: string;
  buffers: Readonly<Record<string, BufferShape>>;
  input: string;
  /** What the network yields: the whole of one buffer. */
  output: string;
  /** The output's name in the model. */
  outputName: string;
  layers: readonly DraftLayer[];
}

export function readsOfLayer(layer: DraftLayer | Layer): readonly View[] {
  switch (layer.kind) {
    case 'concat':
      return layer.inputs;
    case 'select':
      return [layer.gate, ...layer.inputs];
    case 'weighting':
    case 'weightedSum':
      return [layer.weights, layer.input];
    default:
      return [layer.input];
  }
}

export function writesOfLayer(layer: DraftLayer | Layer): readonly View[] {
  if (!isRecurrent(layer)) return [layer.output];
  const lastCell = layer.kind === 'lstm' ? layer.lastCell : undefined;
  return [layer.sequence, layer.last, lastCell].filter((view) => view !== undefined);
}

export type RecurrentKind = RecurrentLayer['kind'];

export const isRecurrent = <L extends { kind: string }>(
  layer: L,
): layer is Extract<L, { kind: RecurrentKind }> =>
  layer.kind === 'lstm' || layer.kind === 'gru' || layer.kind === 'rnn';

/** A recurrent layer with each view that it writes changed. */
export function withWrites<L extends DraftOf<RecurrentKind> | RecurrentLayer>(
  layer: L,
  change: (view: View) => View | undefined,
): L {
  const changed = (view?: View): View | undefined => view && change(view);
  return {
    ...layer,
    sequence: changed(layer.sequence),
    last: changed(layer.last),
    ...(layer.kind === 'lstm' ? { lastCell: changed(layer.lastCell) } : {}),
  };
}

export const sizeOf = (view: View): number => view.steps * view.features;

export const sameView = (a: View, b: View): boolean =>
  a.buffer === b.buffer && a.offset === b.offset && a.steps === b.steps && a.features === b.features;

export const overlaps = (a: View, b: View): boolean =>
  a.buffer === b.buffer && a.offset < b.offset + sizeOf(b) && b.offset < a.offset + sizeOf(a);

/** Layers that read from a buffer. */
export const readersOf = (draft: Draft, buffer: string): readonly DraftLayer[] =>
  draft.layers.filter((layer) => readsOfLayer(layer).some((view) => view.buffer === buffer));

/** The only reader of a buffer that is not the network's output; undefined when there are none or several. */
export function soleReader(draft: Draft, buffer: string): DraftLayer | undefined {
  const readers = readersOf(draft, buffer);
  return readers.length === 1 && draft.output !== buffer ? readers[0] : undefined;
}

/** The layer that writes a buffer (before concatenations are merged there is one at most). */
export const writerOf = (draft: Draft, buffer: string): DraftLayer | undefined =>
  draft.layers.find((layer) => writesOfLayer(layer).some((view) => view.buffer === buffer));

/** Replaces layers; a layer mapped to undefined disappears. */
export function replaceLayers(draft: Draft, changes: ReadonlyMap<DraftLayer, DraftLayer | undefined>): Draft {
  const layers = draft.layers.flatMap((layer) => {
    if (!changes.has(layer)) return [layer];
    const changed = changes.get(layer);
    return changed ? [changed] : [];
  });
  return { ...draft, layers };
}

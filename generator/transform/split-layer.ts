/**
 * One recurrent layer as k layers that read a segment of the sequence each (the sub-RNN of DeepAuth, Lu et al., ISWC 2018,
 * section 2.3 and figure 2: "the weight matrices in sub-RNNs are halved", and the halves are joined behind their last states).
 *
 * The paper trains a sub-RNN from the start. Here the branches start from the trained layer: each keeps some of its units with their
 * weights. What a branch no longer sees is replaced by its mean over the windows given: the state before its first step, the states of
 * units in other branches, inputs of other groups. A layer whose every step is used (attention behind it) is split in time only: each
 * branch keeps all units.
 */
import type { GruLayer, LstmLayer, RecurrentLayer, View } from '../graph/network.ts';
import { directionsOf } from '../layers/recurrent/directions.ts';
import type { LayerStates, Segment } from './boundary-states.ts';

export interface Branch {
  segment: Segment;
  /** Units that the branch keeps, ascending. */
  units: readonly number[];
  /** Inputs that it keeps, ascending. */
  inputs: readonly number[];
  /** Where it reads; `features` is the number of `inputs`. */
  input: View;
  /** Where it writes: its part of the layer's outputs. */
  sequence?: View;
  last?: View;
}

export const gatesOf = ({ kind }: Pick<RecurrentLayer, 'kind'>): number =>
  ({ lstm: 4, gru: 3, rnn: 1 })[kind];

/** Entry (row, column) of a [rows][width] matrix of a direction. */
type Entry = (row: number, column: number) => number;

export function branchLayer<L extends RecurrentLayer>(
  layer: L,
  index: number,
  branch: Branch,
  states: LayerStates['segments'][number],
): L {
  const { hidden } = layer;
  const directions = directionsOf(layer);
  const gates = gatesOf(layer);
  const features = layer.input.features;
  const { units, inputs } = branch;
  const own = units.length;
  const others = without(hidden, units);
  const unseen = without(features, inputs);
  const each = (perDirection: (d: number) => number[]): Float64Array =>
    Float64Array.from(directions.flatMap((direction) => perDirection(direction.index)));
  const wx =
    (d: number): Entry =>
    (row, k) =>
      layer.inputWeights[(d * gates * hidden + row) * features + k]!;
  const wh =
    (d: number): Entry =>
    (row, k) =>
      layer.recurrentWeights[(d * gates * hidden + row) * hidden + k]!;
  const rows = Array.from({ length: gates }, (_, g) => units.map((u) => g * hidden + u)).flat();
  const dropped = (d: number, row: number): number =>
    unseen.reduce((sum, k) => sum + wx(d)(row, k) * states.input[k]!, 0);
  const lost = (d: number, row: number): number =>
    others.reduce((sum, k) => sum + wh(d)(row, k) * states.during[d * hidden + k]!, 0);
  // The candidate of a GRU has its recurrent bias apart: what its lost connections carried goes there.
  const apart = (row: number): boolean => layer.kind === 'gru' && row >= 2 * hidden;
  const made = {
    ...layer,
    name: `${layer.name}_${index + 1}`,
    hidden: own,
    input: branch.input,
    sequence: branch.sequence,
    last: branch.last,
    parallel: undefined,
    inputWeights: each((d) => rows.flatMap((row) => inputs.map((k) => wx(d)(row, k)))),
    recurrentWeights: each((d) => rows.flatMap((row) => units.map((k) => wh(d)(row, k)))),
    bias: each((d) =>
      rows.map(
        (row) => layer.bias[d * gates * hidden + row]! + dropped(d, row) + (apart(row) ? 0 : lost(d, row)),
      ),
    ),
    initialHidden: orNone(each((d) => units.map((u) => states.hidden[d * hidden + u]!))),
  };
  if (layer.kind === 'gru') {
    const { recurrentBias } = layer as GruLayer;
    return {
      ...made,
      recurrentBias: each((d) => units.map((u) => recurrentBias[d * hidden + u]! + lost(d, 2 * hidden + u))),
    } as L;
  }
  if (layer.kind === 'lstm')
    return {
      ...made,
      lastCell: undefined,
      initialCell: orNone(each((d) => units.map((u) => states.cell[d * hidden + u]!))),
    } as LstmLayer as L;
  return made;
}

const orNone = (values: Float64Array): Float64Array | undefined =>
  values.some((v) => v !== 0) ? values : undefined;

function without(count: number, kept: readonly number[]): number[] {
  const set = new Set(kept);
  return Array.from({ length: count }, (_, k) => k).filter((k) => !set.has(k));
}

/** Directions of a recurrent layer, and how each walks over the steps. */
import type { RecurrentLayer, View } from '../../graph/network.ts';

export interface Direction {
  /** Place in the weights and in the output rows: 0 or 1. */
  index: number;
  name: 'forward' | 'reverse';
}

export const directionsOf = ({ direction }: Pick<RecurrentLayer, 'direction'>): Direction[] =>
  direction === 'bidirectional'
    ? [
        { index: 0, name: 'forward' },
        { index: 1, name: 'reverse' },
      ]
    : [{ index: 0, name: direction }];

/** Rows of a step, in elements: where the first step's row starts and how far the next one is. */
export interface Walk {
  start: number;
  stride: number;
}

export const walkOf = ({ name }: Direction, steps: number, start: number, width: number): Walk =>
  name === 'forward' ? { start, stride: width } : { start: start + (steps - 1) * width, stride: -width };

/** The gates of each unit of the model: [gates * hidden] per direction. */
export const rowsOf = (
  matrix: Float64Array,
  { index }: Direction,
  rows: number,
  width: number,
): Float64Array => matrix.subarray(index * rows * width, (index + 1) * rows * width);

/** Row `gate` of unit `unit` of one direction: what it multiplies inputs and states with, and its bias. */
export function realRows(
  { inputWeights, recurrentWeights, bias, input, hidden }: RecurrentLayer,
  direction: Direction,
  gates: number,
): (gate: number, unit: number) => { input: Float64Array; state: Float64Array; bias: number } {
  const inputs = input.features;
  const wx = rowsOf(inputWeights, direction, gates * hidden, inputs);
  const wh = rowsOf(recurrentWeights, direction, gates * hidden, hidden);
  const biases = rowsOf(bias, direction, gates * hidden, 1);
  return (gate, unit) => {
    const row = gate * hidden + unit;
    return {
      input: wx.subarray(row * inputs, (row + 1) * inputs),
      state: wh.subarray(row * hidden, (row + 1) * hidden),
      bias: biases[row],
    };
  };
}

export const writesOf = (layer: RecurrentLayer): View[] =>
  [layer.sequence, layer.last, layer.kind === 'lstm' ? layer.lastCell : undefined].filter(
    (view) => view !== undefined,
  );

/** Buffers that can have 8 bits: the inputs and what is written, but not the final cells, which are wider than a state. */
export const narrowsOf = (layer: RecurrentLayer, buffer: string): boolean =>
  (layer.input.buffer === buffer || writesOf(layer).some((view) => view.buffer === buffer)) &&
  !(layer.kind === 'lstm' && layer.lastCell?.buffer === buffer);

export const macsOf = (layer: RecurrentLayer): number =>
  layer.input.steps * (layer.inputWeights.length + layer.recurrentWeights.length);

/** Float reference of LSTM, GRU and RNN layers (ONNX operator docs), one direction after the other. */
import type { GruLayer, LstmLayer, RecurrentLayer, RnnLayer } from '../../graph/network.ts';
import type { FloatBuffers, Observe } from '../layer-kind.ts';
import { addProduct } from '../matrix-vector.ts';
import { directionsOf, rowsOf, type Direction } from './directions.ts';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Shows a cell the inputs and its last state; it returns the next one. */
interface FloatCell {
  step(x: Float64Array, h: Float64Array): Float64Array;
  /** Final cell state of an LSTM. */
  cell?: Float64Array;
}

export function evaluateRecurrent(layer: RecurrentLayer, buffers: FloatBuffers, observe?: Observe): void {
  for (const direction of directionsOf(layer)) evaluateDirection(layer, direction, buffers, observe);
}

function evaluateDirection(
  layer: RecurrentLayer,
  direction: Direction,
  buffers: FloatBuffers,
  observe?: Observe,
): void {
  const { hidden, input, sequence, last } = layer;
  const { steps, features } = input;
  const { index } = direction;
  const width = directionsOf(layer).length * hidden;
  const cell = cellOf(layer, direction, observe);
  let h: Float64Array =
    layer.initialHidden?.slice(index * hidden, (index + 1) * hidden) ?? new Float64Array(hidden);
  for (let step = 0; step < steps; step++) {
    const t = direction.name === 'reverse' ? steps - 1 - step : step;
    const at = input.offset + t * features;
    h = cell.step(buffers[input.buffer].subarray(at, at + features), h);
    if (sequence) buffers[sequence.buffer].set(h, sequence.offset + t * width + index * hidden);
  }
  if (last) buffers[last.buffer].set(h, last.offset + index * hidden);
  if (layer.kind === 'lstm' && layer.lastCell)
    buffers[layer.lastCell.buffer].set(cell.cell!, layer.lastCell.offset + index * hidden);
}

function cellOf(layer: RecurrentLayer, direction: Direction, observe?: Observe): FloatCell {
  switch (layer.kind) {
    case 'lstm':
      return lstmCell(layer, direction, observe);
    case 'gru':
      return gruCell(layer, direction, observe);
    case 'rnn':
      return rnnCell(layer, direction, observe);
  }
}

/** z = bias + W x + R h, and the vector [x, h, 1] that was shown. */
function gateProducts(layer: RecurrentLayer, direction: Direction, gates: number) {
  const { hidden } = layer;
  const inputs = layer.input.features;
  const rows = gates * hidden;
  const wx = rowsOf(layer.inputWeights, direction, rows, inputs);
  const wh = rowsOf(layer.recurrentWeights, direction, rows, hidden);
  const bias = rowsOf(layer.bias, direction, rows, 1);
  const v = new Float64Array(inputs + hidden + 1).fill(1);
  const z = new Float64Array(rows);
  /** Products of the first `count` gates. */
  const products = (x: Float64Array, h: Float64Array, count = gates): Float64Array => {
    v.set(x);
    v.set(h, inputs);
    z.set(bias);
    addProduct(z, wx, v, rows, inputs);
    addProduct(z, wh, v.subarray(inputs), count * hidden, hidden);
    return z;
  };
  return { inputs, hidden, wx, wh, v, products };
}

function lstmCell(layer: LstmLayer, direction: Direction, observe?: Observe): FloatCell {
  const { hidden, v, products } = gateProducts(layer, direction, 4);
  const c =
    layer.initialCell?.slice(direction.index * hidden, (direction.index + 1) * hidden) ??
    new Float64Array(hidden);
  return {
    cell: c,
    step(x, before) {
      const z = products(x, before);
      observe?.(direction.index, v);
      const h = new Float64Array(hidden);
      for (let u = 0; u < hidden; u++) {
        const [i, o, f] = [sigmoid(z[u]), sigmoid(z[hidden + u]), sigmoid(z[2 * hidden + u])];
        c[u] = f * c[u] + i * Math.tanh(z[3 * hidden + u]);
        h[u] = o * Math.tanh(c[u]);
      }
      return h;
    },
  };
}

function rnnCell(layer: RnnLayer, direction: Direction, observe?: Observe): FloatCell {
  const { v, products } = gateProducts(layer, direction, 1);
  const act = layer.activation === 'tanh' ? Math.tanh : (x: number) => Math.max(x, 0);
  return {
    step(x, before) {
      const h = products(x, before).map(act);
      observe?.(direction.index, v);
      return h;
    },
  };
}

/** Matrices shown to `observe`, by direction: [x, h] of z and r, then [x, r h], or [x] and [h] where r comes after R. */
function gruCell(layer: GruLayer, direction: Direction, observe?: Observe): FloatCell {
  const { inputs, hidden, wh, v, products } = gateProducts(layer, direction, 3);
  const recurrentBias = rowsOf(layer.recurrentBias, direction, hidden, 1);
  const candidateRows = wh.subarray(2 * hidden * hidden);
  const first = 3 * direction.index;
  const [justX, justH] = [new Float64Array(inputs + 1).fill(1), new Float64Array(hidden + 1).fill(1)];
  return {
    step(x, before) {
      const z = products(x, before, 2);
      observe?.(first, v);
      const r = Float64Array.from({ length: hidden }, (_, u) => sigmoid(z[hidden + u]));
      const recurrent = recurrentBias.slice();
      if (layer.linearBeforeReset) {
        addProduct(recurrent, candidateRows, before, hidden, hidden);
        recurrent.forEach((value, u) => (recurrent[u] = r[u] * value));
        justX.set(x);
        justH.set(before);
        observe?.(first + 1, justX);
        observe?.(first + 2, justH);
      } else {
        const kept = before.map((value, u) => r[u] * value);
        addProduct(recurrent, candidateRows, kept, hidden, hidden);
        v.set(kept, inputs);
        observe?.(first + 1, v);
      }
      return before.map((value, u) => {
        const update = sigmoid(z[u]);
        return (1 - update) * Math.tanh(z[2 * hidden + u] + recurrent[u]) + update * value;
      });
    },
  };
}

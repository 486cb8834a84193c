/** Float reference of one LSTM direction (ONNX LSTM, gate order i, o, f, c, zero initial state). */
import type { LstmLayer } from '../graph/network.ts';
import type { FloatBuffers, Observe } from './layer-kind.ts';
import { addProduct } from './matrix-vector.ts';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export function evaluateLstm(layer: LstmLayer, buffers: FloatBuffers, observe?: Observe): void {
  const directions = layer.direction === 'bidirectional' ? 2 : 1;
  for (let d = 0; d < directions; d++)
    evaluateDirection(layer, buffers, d, directions, layer.direction === 'reverse' || d === 1, observe);
}

function evaluateDirection(
  layer: LstmLayer,
  buffers: FloatBuffers,
  d: number,
  directions: number,
  reverse: boolean,
  observe?: Observe,
): void {
  const { hidden, input, sequence, last } = layer;
  const { steps, features: inputs } = input;
  const rows = 4 * hidden;
  const wx = layer.inputWeights.subarray(d * rows * inputs, (d + 1) * rows * inputs);
  const wh = layer.recurrentWeights.subarray(d * rows * hidden, (d + 1) * rows * hidden);
  const bias = layer.bias.subarray(d * rows, (d + 1) * rows);
  const x = buffers[input.buffer];
  const c = new Float64Array(hidden);
  const z = new Float64Array(rows);
  // What the rows are multiplied with: this step's inputs, the last step's h, and 1.
  const v = new Float64Array(inputs + hidden + 1);
  v[inputs + hidden] = 1;
  const h = v.subarray(inputs, inputs + hidden);
  for (let step = 0; step < steps; step++) {
    const t = reverse ? steps - 1 - step : step;
    v.set(x.subarray(input.offset + t * inputs, input.offset + (t + 1) * inputs));
    observe?.(d, v);
    z.set(bias);
    addProduct(z, wx, v, rows, inputs);
    addProduct(z, wh, h, rows, hidden);
    for (let u = 0; u < hidden; u++) {
      const [i, o, f] = [sigmoid(z[u]), sigmoid(z[hidden + u]), sigmoid(z[2 * hidden + u])];
      c[u] = f * c[u] + i * Math.tanh(z[3 * hidden + u]);
      h[u] = o * Math.tanh(c[u]);
    }
    if (sequence) buffers[sequence.buffer].set(h, sequence.offset + t * directions * hidden + d * hidden);
  }
  if (last) buffers[last.buffer].set(h, last.offset + d * hidden);
}

/** Float reference of one LSTM direction (ONNX LSTM, gate order i, o, f, c, zero initial state). */
import type { LstmLayer } from '../graph/network.ts';
import type { FloatBuffers } from './layer-kind.ts';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export function evaluateLstm(layer: LstmLayer, buffers: FloatBuffers): void {
  const directions = layer.direction === 'bidirectional' ? 2 : 1;
  for (let d = 0; d < directions; d++)
    evaluateDirection(layer, buffers, d, directions, layer.direction === 'reverse' || d === 1);
}

function evaluateDirection(
  layer: LstmLayer,
  buffers: FloatBuffers,
  d: number,
  directions: number,
  reverse: boolean,
): void {
  const { hidden, input, sequence, last } = layer;
  const { steps, features: inputs } = input;
  const rows = 4 * hidden;
  const wx = layer.inputWeights.subarray(d * rows * inputs, (d + 1) * rows * inputs);
  const wh = layer.recurrentWeights.subarray(d * rows * hidden, (d + 1) * rows * hidden);
  const bias = layer.bias.subarray(d * rows, (d + 1) * rows);
  const x = buffers[input.buffer];
  let h = new Float64Array(hidden);
  const c = new Float64Array(hidden);
  const z = new Float64Array(rows);
  for (let step = 0; step < steps; step++) {
    const t = reverse ? steps - 1 - step : step;
    const xAt = input.offset + t * inputs;
    for (let r = 0; r < rows; r++) {
      let sum = bias[r];
      for (let k = 0, w = r * inputs; k < inputs; k++) sum += wx[w + k] * x[xAt + k];
      for (let k = 0, w = r * hidden; k < hidden; k++) sum += wh[w + k] * h[k];
      z[r] = sum;
    }
    const next = new Float64Array(hidden);
    for (let u = 0; u < hidden; u++) {
      const [i, o, f] = [sigmoid(z[u]), sigmoid(z[hidden + u]), sigmoid(z[2 * hidden + u])];
      c[u] = f * c[u] + i * Math.tanh(z[3 * hidden + u]);
      next[u] = o * Math.tanh(c[u]);
    }
    h = next;
    if (sequence) buffers[sequence.buffer].set(h, sequence.offset + t * directions * hidden + d * hidden);
  }
  if (last) buffers[last.buffer].set(h, last.offset + d * hidden);
}

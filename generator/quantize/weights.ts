/** Rows of real weights as int8 with one scale a row, symmetric (docs/numbers.md, section 2). */

export interface QuantizedRow {
  /** -127 .. 127 */
  weights: Int8Array<ArrayBuffer>;
  /** Real value of one step; 0 for a row of zeros. */
  scale: number;
  /** In steps of `scale` x the input's scale; at most 2^30 in magnitude. */
  bias: number;
}

export const WEIGHT_MAX = 127;
const BIAS_MAX = 2 ** 30;

/**
 * The scale is as fine as the largest weight allows, but never so fine that the bias takes more than half of the
 * 32-bit accumulator: a row of tiny weights under a large bias gets a coarser scale.
 */
export function quantizeRow(row: ArrayLike<number>, bias: number, inputScale: number): QuantizedRow {
  let largest = 0;
  for (let k = 0; k < row.length; k++) largest = Math.max(largest, Math.abs(row[k]));
  const scale = Math.max(largest / WEIGHT_MAX, Math.abs(bias) / (inputScale * BIAS_MAX));
  const weights = new Int8Array(row.length);
  if (scale > 0) for (let k = 0; k < row.length; k++) weights[k] = Math.round(row[k] / scale);
  return { weights, scale, bias: scale > 0 ? Math.round(bias / (scale * inputScale)) : 0 };
}

/** Sum of magnitudes times the largest input magnitude, plus the bias: no input can produce more. */
export function rowBound(row: QuantizedRow, inputMax: number): number {
  let sum = 0;
  for (let k = 0; k < row.weights.length; k++) sum += Math.abs(row.weights[k]);
  return sum * inputMax + Math.abs(row.bias);
}

/**
 * Rows for dotFour and dotOne: blocks of four rows interleaved by input, then what is left row by row.
 *
 *     [rows / 4][inputs][4], [rows % 4][inputs]
 */
export function interleaveRows(rows: readonly QuantizedRow[], inputs: number): Int8Array<ArrayBuffer> {
  const out = new Int8Array(rows.length * inputs);
  const blocked = rows.length & ~3;
  rows.forEach(({ weights }, r) => {
    const start = r < blocked ? (r & ~3) * inputs + (r & 3) : r * inputs;
    const stride = r < blocked ? 4 : 1;
    for (let k = 0; k < inputs; k++) out[start + k * stride] = weights[k];
  });
  return out;
}

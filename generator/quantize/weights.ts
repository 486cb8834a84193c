/** Rows of real weights as int8 with one scale a row, symmetric (docs/numbers.md, section 2). */
import { roundCompensated, type Compensation } from './compensation.ts';

export interface QuantizedRow {
  /** -127 .. 127, or as far as the bits of the weights go */
  weights: Int16Array<ArrayBuffer>;
  /** Real value of one step; 0 for a row of zeros. */
  scale: number;
  /** In steps of `scale` x the input's scale. */
  bias: number;
}

/** Weights that meet one input; a row of an LSTM has two parts, one of a dense layer has one. */
export interface RowPart {
  weights: ArrayLike<number>;
  /** Real value of one step of the input. */
  inputScale: number;
  /** Largest magnitude of the input; that of 16 bits unless given. */
  inputMax?: number;
}

export const WEIGHT_MAX = 127;
const BIAS_MAX = 2 ** 30;
const INPUT_MAX = 32768;

/**
 * One row, part by part; the bias goes with the last part. A scale is as fine as the part's largest weight allows,
 * but the last one never so fine that the bias takes more than half of the 32-bit accumulator: tiny weights under a
 * large bias get a coarser scale. `most`: largest magnitude of a weight. Weights are rounded to nearest, or as `compensation` says.
 */
export function quantizeRow(
  parts: readonly RowPart[],
  bias: number,
  compensation?: Compensation,
  most = WEIGHT_MAX,
): QuantizedRow[] {
  const last = parts.length - 1;
  const scales = parts.map(({ weights, inputScale, inputMax = INPUT_MAX }, p) =>
    Math.max(
      largestOf(weights) / most,
      p === last ? Math.abs(bias) / (inputScale * BIAS_MAX) : 0,
      // Weights of more than 8 bits are as fine as the accumulator allows.
      most > WEIGHT_MAX
        ? (sumOf(weights) * inputMax + (p === last ? Math.abs(bias) / inputScale : 0)) / BIAS_MAX
        : 0,
    ),
  );
  const row = Float64Array.from([...parts.flatMap(({ weights }) => Array.from(weights)), bias]);
  const each = Float64Array.from(
    parts.flatMap(({ weights }, p) => new Array(weights.length).fill(scales[p])),
  );
  const rounded = compensation
    ? roundCompensated(row, each, most, compensation)
    : Int16Array.from(each, (scale, k) => (scale > 0 ? Math.round(row[k] / scale) : 0));
  let at = 0;
  return parts.map(({ weights, inputScale }, p) => ({
    weights: rounded.slice(at, (at += weights.length)),
    scale: scales[p],
    bias: p === last && scales[p] > 0 ? Math.round(row[row.length - 1] / (scales[p] * inputScale)) : 0,
  }));
}

function largestOf(weights: ArrayLike<number>): number {
  let largest = 0;
  for (let k = 0; k < weights.length; k++) largest = Math.max(largest, Math.abs(weights[k]));
  return largest;
}

function sumOf(weights: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += Math.abs(weights[k]);
  return sum;
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
export function interleaveRows(rows: readonly QuantizedRow[], inputs: number): Int16Array<ArrayBuffer> {
  const out = new Int16Array(rows.length * inputs);
  const blocked = rows.length & ~3;
  rows.forEach(({ weights }, r) => {
    const start = r < blocked ? (r & ~3) * inputs + (r & 3) : r * inputs;
    const stride = r < blocked ? 4 : 1;
    for (let k = 0; k < inputs; k++) out[start + k * stride] = weights[k];
  });
  return out;
}

/**
 * Rows of the gates of one direction of an LSTM, GRU or RNN as integers (docs/numbers.md, section 5).
 *
 * A row has two parts, one for the inputs and one for the states of the last step. With few inputs both share one
 * accumulator: the input weights get 16 bits, so that they can take the scale that the 8-bit recurrent weights want. With
 * many inputs both parts have 8 bits and an accumulator each, joined by one multiply a part.
 */
import { roundCompensated, type Compensation } from '../../quantize/compensation.ts';
import type { WeightBits } from '../../emit/weight-type.ts';
import { WEIGHT_MAX } from '../../quantize/weights.ts';

/** Up to this many inputs, input weights have 16 bits. */
export const FEW_INPUTS = 8;
/** What bias, weights and any input may reach together: half of the 32-bit accumulator. */
const ACCUMULATOR_HALF = 2 ** 30;

/** One part of one row: weights, and the real value of one step of its accumulator. */
export interface RowPart {
  weights: Int16Array<ArrayBuffer>;
  unit: number;
  /** In steps of `unit`. */
  bias: number;
}

export interface RealPart {
  weights: Float64Array;
  /** Real value of one step of what the weights meet. */
  inputScale: number;
  /** Largest magnitude of what the weights meet. */
  inputMagnitude: number;
  /** Largest magnitude of a quantized weight. */
  limit: number;
}

/** A row whose parts share one accumulator: one unit for all. */
export function sharedRow(parts: readonly RealPart[], bias: number, rounding?: Compensation): RowPart[] {
  let unit = Math.abs(bias) / ACCUMULATOR_HALF;
  let most = Math.abs(bias);
  for (const { weights, inputScale, inputMagnitude, limit } of parts) {
    unit = Math.max(unit, (largestOf(weights) * inputScale) / limit);
    for (const w of weights) most += Math.abs(w) * inputScale * inputMagnitude;
  }
  unit = Math.max(unit, most / ACCUMULATOR_HALF);
  return roundRow(
    parts,
    bias,
    parts.map(() => unit),
    rounding,
  );
}

/** A row whose parts have accumulators of their own; the bias goes with the last part. */
export function splitRow(parts: readonly RealPart[], bias: number, rounding?: Compensation): RowPart[] {
  const last = parts.length - 1;
  const units = parts.map(({ weights, inputScale, inputMagnitude, limit }, p) =>
    Math.max(
      (largestOf(weights) * inputScale) / limit,
      p === last ? Math.abs(bias) / ACCUMULATOR_HALF : 0,
      // Weights of more than 8 bits are as fine as the accumulator allows.
      limit > WEIGHT_MAX
        ? (sumOf(weights) * inputScale * inputMagnitude + (p === last ? Math.abs(bias) : 0)) /
            ACCUMULATOR_HALF
        : 0,
    ),
  );
  return roundRow(parts, bias, units, rounding);
}

function roundRow(
  parts: readonly RealPart[],
  bias: number,
  units: readonly number[],
  rounding?: Compensation,
): RowPart[] {
  const length = parts.reduce((sum, { weights }) => sum + weights.length, 0);
  const row = new Float64Array(length + 1);
  const scales = new Float64Array(length);
  const limits = new Float64Array(length);
  let at = 0;
  parts.forEach(({ weights, inputScale, limit }, p) => {
    row.set(weights, at);
    scales.fill(units[p] / inputScale, at, at + weights.length);
    limits.fill(limit, at, (at += weights.length));
  });
  row[length] = bias;
  const rounded = rounding
    ? roundCompensated(row, scales, limits, rounding)
    : Int16Array.from(scales, (scale, k) => (scale > 0 ? Math.round(row[k] / scale) : 0));
  at = 0;
  return parts.map(({ weights }, p) => {
    const unit = units[p];
    const takesBias = p === parts.length - 1 && unit > 0;
    return {
      weights: rounded.slice(at, (at += weights.length)),
      unit,
      bias: takesBias ? Math.round(row[length] / unit) : 0,
    };
  });
}

function largestOf(weights: Float64Array): number {
  let largest = 0;
  for (const w of weights) largest = Math.max(largest, Math.abs(w));
  return largest;
}

function sumOf(weights: Float64Array): number {
  let sum = 0;
  for (const w of weights) sum += Math.abs(w);
  return sum;
}

/** Largest magnitude that the accumulator of a part can reach. */
export function boundOf({ weights, bias }: RowPart, inputMax: number): number {
  let sum = 0;
  for (const w of weights) sum += Math.abs(w);
  return sum * inputMax + Math.abs(bias);
}

/** Bits of the weights of a layer of `inputs` inputs, unless they were chosen. */
export const defaultBits = (inputs: number): GateBits => ({ input: inputs <= FEW_INPUTS ? 16 : 8, state: 8 });

export interface GateBits {
  input: WeightBits;
  state: WeightBits;
}

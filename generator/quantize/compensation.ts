/**
 * Rounding of weights that knows what they are multiplied with (Frantar et al., "GPTQ", 2022, section 3; after
 * Hassibi and Stork, "Optimal Brain Surgeon", 1993): weights are rounded one after the other, and each rounding error
 * is made good, as far as calibration data allow, by the weights that are still to be rounded and at the end by the bias.
 *
 * With H = R R' (R upper triangular) and U = R^-1, rounding weight k with error e moves every later weight j by
 * -e U[k][j] / U[k][k], which is the move that minimises the squared error of the products over the calibration samples.
 */
import { moment, type Gram } from './gram.ts';

/** U, row-major [size][size], zero below the diagonal. */
export interface Compensation {
  size: number;
  upper: Float64Array;
}

/** Share of the mean diagonal that is added to it: directions that calibration hardly saw are left alone. */
const DAMPING = 0.01;

/** Undefined where calibration says nothing (no samples, or inputs that are always zero). */
export function compensation(gram: Gram): Compensation | undefined {
  const { size, samples } = gram;
  let trace = 0;
  for (let k = 0; k < size - 1; k++) trace += moment(gram, k, k);
  if (samples === 0 || !(trace > 0)) return undefined;
  const damping = (DAMPING * trace) / (size - 1);
  // H = R R', from the last column to the first.
  const root = new Float64Array(size * size);
  for (let c = size - 1; c >= 0; c--)
    for (let r = c; r >= 0; r--) {
      let sum = moment(gram, r, c) + (r === c ? damping : 0);
      for (let k = c + 1; k < size; k++) sum -= root[r * size + k] * root[c * size + k];
      root[r * size + c] = r === c ? Math.sqrt(sum) : sum / root[c * size + c];
    }
  // U = R^-1 by back substitution, column by column.
  const upper = new Float64Array(size * size);
  for (let c = 0; c < size; c++) {
    upper[c * size + c] = 1 / root[c * size + c];
    for (let r = c - 1; r >= 0; r--) {
      let sum = 0;
      for (let k = r + 1; k <= c; k++) sum += root[r * size + k] * upper[k * size + c];
      upper[r * size + c] = -sum / root[r * size + r];
    }
  }
  return { size, upper };
}

/**
 * Rounds `row` (weights, then the bias) in place to multiples of the `scales` of its weights, at most `limit` of them
 * (one limit for all, or one a weight); returns the multiples. What is left in the last entry is the bias that goes with
 * them.
 */
export function roundCompensated(
  row: Float64Array,
  scales: Float64Array,
  limit: number | ArrayLike<number>,
  { size, upper }: Compensation,
): Int16Array<ArrayBuffer> {
  const rounded = new Int16Array(size - 1);
  for (let k = 0; k < size - 1; k++) {
    const scale = scales[k];
    const most = typeof limit === 'number' ? limit : limit[k];
    const steps = scale > 0 ? Math.max(-most, Math.min(most, Math.round(row[k] / scale))) : 0;
    rounded[k] = steps;
    const move = (row[k] - steps * scale) / upper[k * size + k];
    if (move !== 0) for (let j = k + 1; j < size; j++) row[j] -= move * upper[k * size + j];
    row[k] = steps * scale;
  }
  return rounded;
}

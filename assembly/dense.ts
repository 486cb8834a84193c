/**
 * Dense layers y = act(W x + b) on every row of a buffer. docs/numbers.md, section 4; TypeScript twin:
 * generator/layers/integer/dense.ts.
 *
 * Rows of W come in blocks of four, interleaved as dot.ts wants them; what does not fill a block follows row by row:
 *
 *     weights   i8[outputs / 4][inputs][4], then i8[outputs % 4][inputs]
 *     rows      i32[outputs][2]              multiplier and bias of each row
 *     sums      i32[4]                       scratch
 *
 * The bias has the accumulator's scale. `shift` goes with the multipliers.
 */
import { dotFour, dotOne } from "./dot";
import { multiplyShift, requantize } from "./fixed";
import { sigmoidQ16, tanhQ15 } from "./activations";

export const NONE = 0;
export const RELU = 1;
export const TANH = 2;
export const SIGMOID = 3;

/** y = W x + b. */
// @ts-ignore: decorator
@inline
export function dense(
  steps: i32, inputs: i32, outputs: i32,
  x: usize, weights: usize, rows: usize, shift: i32, sums: usize, y: usize,
): void {
  denseRows(steps, inputs, outputs, x, weights, rows, shift, sums, y, NONE, 0);
}

/** y = max(W x + b, 0). */
// @ts-ignore: decorator
@inline
export function denseRelu(
  steps: i32, inputs: i32, outputs: i32,
  x: usize, weights: usize, rows: usize, shift: i32, sums: usize, y: usize,
): void {
  denseRows(steps, inputs, outputs, x, weights, rows, shift, sums, y, RELU, 0);
}

/** y = tanh(W x + b) in Q15; the multipliers lead to Q16. */
// @ts-ignore: decorator
@inline
export function denseTanh(
  steps: i32, inputs: i32, outputs: i32,
  x: usize, weights: usize, rows: usize, shift: i32, sums: usize, y: usize, table: usize,
): void {
  denseRows(steps, inputs, outputs, x, weights, rows, shift, sums, y, TANH, table);
}

/** y = sigmoid(W x + b) in Q15; the multipliers lead to Q15. */
// @ts-ignore: decorator
@inline
export function denseSigmoid(
  steps: i32, inputs: i32, outputs: i32,
  x: usize, weights: usize, rows: usize, shift: i32, sums: usize, y: usize, table: usize,
): void {
  denseRows(steps, inputs, outputs, x, weights, rows, shift, sums, y, SIGMOID, table);
}

// @ts-ignore: decorator
@inline
function denseRows(
  steps: i32, inputs: i32, outputs: i32,
  x: usize, weights: usize, rows: usize, shift: i32, sums: usize, y: usize,
  activation: i32, table: usize,
): void {
  for (let step = 0; step < steps; step++) {
    let w = weights;
    let row = rows;
    for (let block = 0; block < outputs >> 2; block++) {
      dotFour(x, w, inputs, sums);
      for (let sum = sums; sum < sums + 16; sum += 4) {
        store<i16>(y, finish(load<i32>(sum), row, shift, activation, table));
        row += 8;
        y += 2;
      }
      w += <usize>inputs << 2;
    }
    for (let rest = 0; rest < (outputs & 3); rest++) {
      store<i16>(y, finish(dotOne(x, w, inputs), row, shift, activation, table));
      row += 8;
      y += 2;
      w += inputs;
    }
    x += <usize>inputs << 1;
  }
}

/** Bias, requantization and activation of one accumulator. */
// @ts-ignore: decorator
@inline
export function finish(sum: i32, row: usize, shift: i32, activation: i32, table: usize): i32 {
  const biased: i32 = sum + load<i32>(row, 4);
  if (activation == TANH) return tanhQ15(multiplyShift(biased, load<i32>(row), shift), table);
  if (activation == SIGMOID) return sigmoidQ16(multiplyShift(biased, load<i32>(row), shift), table) >> 1;
  const y = requantize(biased, load<i32>(row), shift);
  return activation == RELU && y < 0 ? 0 : y;
}

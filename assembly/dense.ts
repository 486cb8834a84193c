/**
 * Dense layers y = act(W x + b) on every row of a buffer. docs/numbers.md, section 4; TypeScript twin:
 * generator/layers/integer/dense.ts.
 *
 * X and Y: types of inputs and outputs, i16 or i8; W: type of the weights, i4, i8 or i16 (weights.ts). Rows of W come in blocks of four,
 * interleaved as dot.ts wants them; what does not fill a block follows row by row, each from the start of a byte on:
 *
 *     weights   W[outputs / 4][inputs][4], then W[outputs % 4][inputs]
 *     rows      i32[outputs][2]              multiplier and bias of each row
 *     sums      i32[4]                       scratch
 *
 * The bias has the accumulator's scale. `shift` goes with the multipliers.
 */
import { dotFour, dotOne } from "./dot";
import { dotFour4, dotOne4 } from "./dot4";
import { blockBytes, rowBytes } from "./weights";
import { fitted, multiplyShift, requantize, saturate8 } from "./fixed";
import { sigmoidQ16, tanhQ15 } from "./activations";

const NONE = 0;
const RELU = 1;
const TANH = 2;
const SIGMOID = 3;

/** y = W x + b; the multipliers lead to the step of y. */
// @ts-ignore: decorator
@inline
export function dense<X, W, Y>(
  steps: i32, inputs: i32, outputs: i32,
  x: usize, weights: usize, rows: usize, shift: i32, sums: usize, y: usize,
): void {
  denseRows<X, W, Y>(steps, inputs, outputs, x, weights, rows, shift, sums, y, NONE, 0, 0);
}

/** y = max(W x + b, 0); the multipliers lead to the step of y. */
// @ts-ignore: decorator
@inline
export function denseRelu<X, W, Y>(
  steps: i32, inputs: i32, outputs: i32,
  x: usize, weights: usize, rows: usize, shift: i32, sums: usize, y: usize,
): void {
  denseRows<X, W, Y>(steps, inputs, outputs, x, weights, rows, shift, sums, y, RELU, 0, 0);
}

/** y = tanh(W x + b) in Q15, without the `dropped` bits where Y is i8; the multipliers lead to Q16. */
// @ts-ignore: decorator
@inline
export function denseTanh<X, W, Y>(
  steps: i32, inputs: i32, outputs: i32,
  x: usize, weights: usize, rows: usize, shift: i32, sums: usize, y: usize, table: usize, dropped: i32,
): void {
  denseRows<X, W, Y>(steps, inputs, outputs, x, weights, rows, shift, sums, y, TANH, table, dropped);
}

/** y = sigmoid(W x + b) in Q15, without the `dropped` bits where Y is i8; the multipliers lead to Q15. */
// @ts-ignore: decorator
@inline
export function denseSigmoid<X, W, Y>(
  steps: i32, inputs: i32, outputs: i32,
  x: usize, weights: usize, rows: usize, shift: i32, sums: usize, y: usize, table: usize, dropped: i32,
): void {
  denseRows<X, W, Y>(steps, inputs, outputs, x, weights, rows, shift, sums, y, SIGMOID, table, dropped);
}

// @ts-ignore: decorator
@inline
function denseRows<X, W, Y>(
  steps: i32, inputs: i32, outputs: i32,
  x: usize, weights: usize, rows: usize, shift: i32, sums: usize, y: usize,
  activation: i32, table: usize, dropped: i32,
): void {
  for (let step = 0; step < steps; step++) {
    let w = weights;
    let row = rows;
    for (let block = 0; block < outputs >> 2; block++) {
      if (isInteger<W>()) dotFour<X, W>(x, w, inputs, sums);
      else dotFour4<X>(x, w, inputs, sums);
      for (let sum = sums; sum < sums + 16; sum += 4) {
        store<Y>(y, <Y>finish<Y>(load<i32>(sum), row, shift, activation, table, dropped));
        row += 8;
        y += sizeof<Y>();
      }
      w += blockBytes<W>(inputs);
    }
    for (let rest = 0; rest < (outputs & 3); rest++) {
      const sum = isInteger<W>() ? dotOne<X, W>(x, w, inputs) : dotOne4<X>(x, w, inputs);
      store<Y>(y, <Y>finish<Y>(sum, row, shift, activation, table, dropped));
      row += 8;
      y += sizeof<Y>();
      w += rowBytes<W>(inputs);
    }
    x += <usize>inputs * sizeof<X>();
  }
}

/** Bias, requantization and activation of one accumulator. */
// @ts-ignore: decorator
@inline
function finish<Y>(sum: i32, row: usize, shift: i32, activation: i32, table: usize, dropped: i32): i32 {
  const biased: i32 = sum + load<i32>(row, 4);
  if (activation == TANH) return fitted<Y>(tanhQ15(multiplyShift(biased, load<i32>(row), shift), table), dropped);
  if (activation == SIGMOID) {
    return fitted<Y>(sigmoidQ16(multiplyShift(biased, load<i32>(row), shift), table) >> 1, dropped);
  }
  const y = sizeof<Y>() == 1
    ? saturate8(multiplyShift(biased, load<i32>(row), shift))
    : requantize(biased, load<i32>(row), shift);
  return activation == RELU && y < 0 ? 0 : y;
}

/**
 * Dense layers whose weights have 16 bits: dense.ts with another product. docs/numbers.md, section 4; TypeScript twin:
 * generator/layers/integer/dense.ts.
 *
 *     weights   i16[outputs / 4][inputs][4], then i16[outputs % 4][inputs]
 */
import { finish, NONE, RELU, SIGMOID, TANH } from "./dense";

/** sums[r] = sum over k of x[k] * w[k][r]. x: i16[count], w: i16[count][4], sums: i32[4]. */
function dotFour(x: usize, w: usize, count: i32, sums: usize): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const end = x + (<usize>count << 1);
  while (x < end) {
    const v = <i32>load<i16>(x);
    a += v * load<i16>(w);
    b += v * load<i16>(w, 2);
    c += v * load<i16>(w, 4);
    d += v * load<i16>(w, 6);
    x += 2;
    w += 8;
  }
  store<i32>(sums, a);
  store<i32>(sums, b, 4);
  store<i32>(sums, c, 8);
  store<i32>(sums, d, 12);
}

/** Sum over k of x[k] * w[k]. w: i16[count]. */
function dotOne(x: usize, w: usize, count: i32): i32 {
  let sum = 0;
  const end = x + (<usize>count << 1);
  while (x < end) {
    sum += <i32>load<i16>(x) * load<i16>(w);
    x += 2;
    w += 2;
  }
  return sum;
}

/** y = W x + b. */
// @ts-ignore: decorator
@inline
export function dense16(
  steps: i32, inputs: i32, outputs: i32,
  x: usize, weights: usize, rows: usize, shift: i32, sums: usize, y: usize,
): void {
  denseRows(steps, inputs, outputs, x, weights, rows, shift, sums, y, NONE, 0);
}

/** y = max(W x + b, 0). */
// @ts-ignore: decorator
@inline
export function dense16Relu(
  steps: i32, inputs: i32, outputs: i32,
  x: usize, weights: usize, rows: usize, shift: i32, sums: usize, y: usize,
): void {
  denseRows(steps, inputs, outputs, x, weights, rows, shift, sums, y, RELU, 0);
}

/** y = tanh(W x + b) in Q15; the multipliers lead to Q16. */
// @ts-ignore: decorator
@inline
export function dense16Tanh(
  steps: i32, inputs: i32, outputs: i32,
  x: usize, weights: usize, rows: usize, shift: i32, sums: usize, y: usize, table: usize,
): void {
  denseRows(steps, inputs, outputs, x, weights, rows, shift, sums, y, TANH, table);
}

/** y = sigmoid(W x + b) in Q15; the multipliers lead to Q15. */
// @ts-ignore: decorator
@inline
export function dense16Sigmoid(
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
      w += <usize>inputs << 3;
    }
    for (let rest = 0; rest < (outputs & 3); rest++) {
      store<i16>(y, finish(dotOne(x, w, inputs), row, shift, activation, table));
      row += 8;
      y += 2;
      w += <usize>inputs << 1;
    }
    x += <usize>inputs << 1;
  }
}

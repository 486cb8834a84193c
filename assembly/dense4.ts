/**
 * Dense layers whose weights have 4 bits: dense.ts with another product. docs/numbers.md, section 4; TypeScript twin:
 * generator/layers/integer/dense.ts.
 *
 *     weights   i4[outputs / 4][inputs][4], then i4[outputs % 4][inputs], each row from the start of a byte on
 *
 * Two weights in a byte, the lower half first. A shift up and one down take a weight out with its sign: one instruction on ARM (SBFX).
 */
import { finish, NONE, RELU, SIGMOID, TANH } from "./dense";

/** sums[r] = sum over k of x[k] * w[k][r]. x: i16[count], w: i4[count][4], sums: i32[4]. Two inputs a word, eight weights. */
function dotFour(x: usize, w: usize, count: i32, sums: usize): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const end = x + (<usize>(count >> 1) << 2);
  while (x < end) {
    const x0 = <i32>load<i16>(x);
    const x1 = <i32>load<i16>(x, 2);
    const q = load<i32>(w);
    a += x0 * (q << 28 >> 28) + x1 * (q << 12 >> 28);
    b += x0 * (q << 24 >> 28) + x1 * (q << 8 >> 28);
    c += x0 * (q << 20 >> 28) + x1 * (q << 4 >> 28);
    d += x0 * (q << 16 >> 28) + x1 * (q >> 28);
    x += 4;
    w += 4;
  }
  if (count & 1) {
    const x0 = <i32>load<i16>(x);
    const q = <i32>load<u16>(w);
    a += x0 * (q << 28 >> 28);
    b += x0 * (q << 24 >> 28);
    c += x0 * (q << 20 >> 28);
    d += x0 * (q << 16 >> 28);
  }
  store<i32>(sums, a);
  store<i32>(sums, b, 4);
  store<i32>(sums, c, 8);
  store<i32>(sums, d, 12);
}

/** Sum over k of x[k] * w[k]. w: i4[count], from the lower half of a byte on. */
function dotOne(x: usize, w: usize, count: i32): i32 {
  let sum = 0;
  const end = x + (<usize>(count >> 1) << 2);
  while (x < end) {
    const q = <i32>load<i8>(w);
    sum += <i32>load<i16>(x) * (q << 28 >> 28) + <i32>load<i16>(x, 2) * (q >> 4);
    x += 4;
    w += 1;
  }
  if (count & 1) sum += <i32>load<i16>(x) * (<i32>load<i8>(w) << 28 >> 28);
  return sum;
}

/** y = W x + b. */
// @ts-ignore: decorator
@inline
export function dense4(
  steps: i32, inputs: i32, outputs: i32,
  x: usize, weights: usize, rows: usize, shift: i32, sums: usize, y: usize,
): void {
  denseRows(steps, inputs, outputs, x, weights, rows, shift, sums, y, NONE, 0);
}

/** y = max(W x + b, 0). */
// @ts-ignore: decorator
@inline
export function dense4Relu(
  steps: i32, inputs: i32, outputs: i32,
  x: usize, weights: usize, rows: usize, shift: i32, sums: usize, y: usize,
): void {
  denseRows(steps, inputs, outputs, x, weights, rows, shift, sums, y, RELU, 0);
}

/** y = tanh(W x + b) in Q15; the multipliers lead to Q16. */
// @ts-ignore: decorator
@inline
export function dense4Tanh(
  steps: i32, inputs: i32, outputs: i32,
  x: usize, weights: usize, rows: usize, shift: i32, sums: usize, y: usize, table: usize,
): void {
  denseRows(steps, inputs, outputs, x, weights, rows, shift, sums, y, TANH, table);
}

/** y = sigmoid(W x + b) in Q15; the multipliers lead to Q15. */
// @ts-ignore: decorator
@inline
export function dense4Sigmoid(
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
      w += <usize>inputs << 1;
    }
    for (let rest = 0; rest < (outputs & 3); rest++) {
      store<i16>(y, finish(dotOne(x, w, inputs), row, shift, activation, table));
      row += 8;
      y += 2;
      w += (<usize>inputs + 1) >> 1;
    }
    x += <usize>inputs << 1;
  }
}

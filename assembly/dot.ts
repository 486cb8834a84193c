/**
 * Dot products of a vector with rows of weights: where nearly all cycles of a dense layer go.
 * docs/numbers.md, section 4; TypeScript twin: generator/layers/integer/dot.ts.
 *
 * X: type of the inputs, i16; W: type of the weights, i8 or i16 (dot4.ts has those of 4 bits).
 *
 * Four rows share each loaded input, four inputs a turn: 16 multiply-accumulates for 4 input loads, 16 weight
 * loads and one branch. Weights of a block of four rows lie interleaved, so one pointer walks them:
 *
 *     w      row0 row1 row2 row3 | row0 row1 row2 row3 | ...
 *            \---- input 0 ----/   \---- input 1 ----/
 *
 * No sum can overflow: the generator proves it from the actual weights.
 */

/** sums[r] = sum over k of x[k] * w[k][r] for four rows r. x: X[count], w: W[count][4], sums: i32[4]. */
export function dotFour<X, W>(x: usize, w: usize, count: i32, sums: usize): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  if (count >= 4) {
    const end = x + <usize>(count >> 2) * (4 * sizeof<X>());
    do {
      const x0 = <i32>load<X>(x);
      const x1 = <i32>load<X>(x, sizeof<X>());
      const x2 = <i32>load<X>(x, 2 * sizeof<X>());
      const x3 = <i32>load<X>(x, 3 * sizeof<X>());
      a += x0 * load<W>(w) + x1 * load<W>(w, 4 * sizeof<W>()) +
        x2 * load<W>(w, 8 * sizeof<W>()) + x3 * load<W>(w, 12 * sizeof<W>());
      b += x0 * load<W>(w, sizeof<W>()) + x1 * load<W>(w, 5 * sizeof<W>()) +
        x2 * load<W>(w, 9 * sizeof<W>()) + x3 * load<W>(w, 13 * sizeof<W>());
      c += x0 * load<W>(w, 2 * sizeof<W>()) + x1 * load<W>(w, 6 * sizeof<W>()) +
        x2 * load<W>(w, 10 * sizeof<W>()) + x3 * load<W>(w, 14 * sizeof<W>());
      d += x0 * load<W>(w, 3 * sizeof<W>()) + x1 * load<W>(w, 7 * sizeof<W>()) +
        x2 * load<W>(w, 11 * sizeof<W>()) + x3 * load<W>(w, 15 * sizeof<W>());
      x += 4 * sizeof<X>();
      w += 16 * sizeof<W>();
    } while (x < end);
  }
  if (count & 2) {
    const x0 = <i32>load<X>(x);
    const x1 = <i32>load<X>(x, sizeof<X>());
    a += x0 * load<W>(w) + x1 * load<W>(w, 4 * sizeof<W>());
    b += x0 * load<W>(w, sizeof<W>()) + x1 * load<W>(w, 5 * sizeof<W>());
    c += x0 * load<W>(w, 2 * sizeof<W>()) + x1 * load<W>(w, 6 * sizeof<W>());
    d += x0 * load<W>(w, 3 * sizeof<W>()) + x1 * load<W>(w, 7 * sizeof<W>());
    x += 2 * sizeof<X>();
    w += 8 * sizeof<W>();
  }
  if (count & 1) {
    const x0 = <i32>load<X>(x);
    a += x0 * load<W>(w);
    b += x0 * load<W>(w, sizeof<W>());
    c += x0 * load<W>(w, 2 * sizeof<W>());
    d += x0 * load<W>(w, 3 * sizeof<W>());
  }
  store<i32>(sums, a);
  store<i32>(sums, b, 4);
  store<i32>(sums, c, 8);
  store<i32>(sums, d, 12);
}

/** Sum over k of x[k] * w[k], for the rows that are left when a layer's rows do not divide by four. x: X[count], w: W[count]. */
export function dotOne<X, W>(x: usize, w: usize, count: i32): i32 {
  let sum = 0;
  if (count >= 4) {
    const end = x + <usize>(count >> 2) * (4 * sizeof<X>());
    do {
      sum +=
        <i32>load<X>(x) * load<W>(w) +
        <i32>load<X>(x, sizeof<X>()) * load<W>(w, sizeof<W>()) +
        <i32>load<X>(x, 2 * sizeof<X>()) * load<W>(w, 2 * sizeof<W>()) +
        <i32>load<X>(x, 3 * sizeof<X>()) * load<W>(w, 3 * sizeof<W>());
      x += 4 * sizeof<X>();
      w += 4 * sizeof<W>();
    } while (x < end);
  }
  const end = x + <usize>(count & 3) * sizeof<X>();
  while (x < end) {
    sum += <i32>load<X>(x) * load<W>(w);
    x += sizeof<X>();
    w += sizeof<W>();
  }
  return sum;
}

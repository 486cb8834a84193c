/**
 * Dot products of an int16 vector with int8 weight rows: where nearly all cycles of a kernel go.
 * docs/numbers.md, section 4; TypeScript twin: generator/layers/integer/dot.ts.
 *
 * Four rows share each loaded input, four inputs a turn: 16 multiply-accumulates for 4 input loads, 16 weight
 * loads and one branch. Weights of a block of four rows lie interleaved, so one pointer walks them:
 *
 *     w      row0 row1 row2 row3 | row0 row1 row2 row3 | ...      (int8)
 *            \---- input 0 ----/   \---- input 1 ----/
 *
 * No sum can overflow: the generator proves it from the actual weights.
 */

/** sums[r] = sum over k of x[k] * w[k][r] for four rows r. x: i16[count], w: i8[count][4], sums: i32[4]. */
export function dotFour(x: usize, w: usize, count: i32, sums: usize): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  if (count >= 4) {
    const end = x + (<usize>(count >> 2) << 3);
    do {
      const x0 = <i32>load<i16>(x);
      const x1 = <i32>load<i16>(x, 2);
      const x2 = <i32>load<i16>(x, 4);
      const x3 = <i32>load<i16>(x, 6);
      a += x0 * load<i8>(w) + x1 * load<i8>(w, 4) + x2 * load<i8>(w, 8) + x3 * load<i8>(w, 12);
      b += x0 * load<i8>(w, 1) + x1 * load<i8>(w, 5) + x2 * load<i8>(w, 9) + x3 * load<i8>(w, 13);
      c += x0 * load<i8>(w, 2) + x1 * load<i8>(w, 6) + x2 * load<i8>(w, 10) + x3 * load<i8>(w, 14);
      d += x0 * load<i8>(w, 3) + x1 * load<i8>(w, 7) + x2 * load<i8>(w, 11) + x3 * load<i8>(w, 15);
      x += 8;
      w += 16;
    } while (x < end);
  }
  if (count & 2) {
    const x0 = <i32>load<i16>(x);
    const x1 = <i32>load<i16>(x, 2);
    a += x0 * load<i8>(w) + x1 * load<i8>(w, 4);
    b += x0 * load<i8>(w, 1) + x1 * load<i8>(w, 5);
    c += x0 * load<i8>(w, 2) + x1 * load<i8>(w, 6);
    d += x0 * load<i8>(w, 3) + x1 * load<i8>(w, 7);
    x += 4;
    w += 8;
  }
  if (count & 1) {
    const x0 = <i32>load<i16>(x);
    a += x0 * load<i8>(w);
    b += x0 * load<i8>(w, 1);
    c += x0 * load<i8>(w, 2);
    d += x0 * load<i8>(w, 3);
  }
  store<i32>(sums, a);
  store<i32>(sums, b, 4);
  store<i32>(sums, c, 8);
  store<i32>(sums, d, 12);
}

/** Sum over k of x[k] * w[k], for the rows that are left when a layer's rows do not divide by four. w: i8[count]. */
export function dotOne(x: usize, w: usize, count: i32): i32 {
  let sum = 0;
  if (count >= 4) {
    const end = x + (<usize>(count >> 2) << 3);
    do {
      sum +=
        <i32>load<i16>(x) * load<i8>(w) +
        <i32>load<i16>(x, 2) * load<i8>(w, 1) +
        <i32>load<i16>(x, 4) * load<i8>(w, 2) +
        <i32>load<i16>(x, 6) * load<i8>(w, 3);
      x += 8;
      w += 4;
    } while (x < end);
  }
  const end = x + (<usize>(count & 3) << 1);
  while (x < end) {
    sum += <i32>load<i16>(x) * load<i8>(w);
    x += 2;
    w += 1;
  }
  return sum;
}

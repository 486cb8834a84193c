/**
 * dot.ts for weights of 4 bits, which come eight to a word: those of two inputs and four rows. A shift up and one down take a weight out
 * with its sign: one instruction on ARM (SBFX).
 */

/** sums[r] = sum over k of x[k] * w[k][r] for four rows r. x: X[count], w: i4[count][4], sums: i32[4]. */
export function dotFour4<X>(x: usize, w: usize, count: i32, sums: usize): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const end = x + <usize>(count >> 1) * (2 * sizeof<X>());
  while (x < end) {
    const x0 = <i32>load<X>(x);
    const x1 = <i32>load<X>(x, sizeof<X>());
    const q = load<i32>(w);
    a += x0 * (q << 28 >> 28) + x1 * (q << 12 >> 28);
    b += x0 * (q << 24 >> 28) + x1 * (q << 8 >> 28);
    c += x0 * (q << 20 >> 28) + x1 * (q << 4 >> 28);
    d += x0 * (q << 16 >> 28) + x1 * (q >> 28);
    x += 2 * sizeof<X>();
    w += 4;
  }
  if (count & 1) {
    const x0 = <i32>load<X>(x);
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

/** Sum over k of x[k] * w[k]. x: X[count], w: i4[count], from the lower half of a byte on. */
export function dotOne4<X>(x: usize, w: usize, count: i32): i32 {
  let sum = 0;
  const end = x + <usize>(count >> 1) * (2 * sizeof<X>());
  while (x < end) {
    const q = <i32>load<i8>(w);
    sum += <i32>load<X>(x) * (q << 28 >> 28) + <i32>load<X>(x, sizeof<X>()) * (q >> 4);
    x += 2 * sizeof<X>();
    w += 1;
  }
  if (count & 1) sum += <i32>load<X>(x) * (<i32>load<i8>(w) << 28 >> 28);
  return sum;
}

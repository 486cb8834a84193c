/** Twin of assembly/dot.ts. Sums are proved to fit 32 bits, so `| 0` only tells the engine so. */

/** sums[at + r] = sum over k of x[k] * w[k][r] for four rows r; w interleaved by four. */
export function dotFour(
  x: Int16Array | Int8Array,
  xAt: number,
  w: Int16Array,
  wAt: number,
  count: number,
  sums: Int32Array,
  at: number,
): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let k = 0; k < count; k++, wAt += 4) {
    const v = x[xAt + k];
    a = (a + v * w[wAt]) | 0;
    b = (b + v * w[wAt + 1]) | 0;
    c = (c + v * w[wAt + 2]) | 0;
    d = (d + v * w[wAt + 3]) | 0;
  }
  sums[at] = a;
  sums[at + 1] = b;
  sums[at + 2] = c;
  sums[at + 3] = d;
}

/** Sum over k of x[k] * w[k]. */
export function dotOne(
  x: Int16Array | Int8Array,
  xAt: number,
  w: Int16Array,
  wAt: number,
  count: number,
): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum = (sum + x[xAt + k] * w[wAt + k]) | 0;
  return sum;
}

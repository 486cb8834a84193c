/**
 * y += W v in float64, four rows at a time: calibration spends nearly all its time here.
 * W: [rows][width] row-major.
 */
export function addProduct(
  y: Float64Array,
  w: Float64Array,
  v: Float64Array,
  rows: number,
  width: number,
): void {
  let r = 0;
  for (; r + 4 <= rows; r += 4) {
    let [a, b, c, d] = [y[r], y[r + 1], y[r + 2], y[r + 3]];
    for (let k = 0, at = r * width; k < width; k++, at++) {
      const x = v[k];
      a += w[at] * x;
      b += w[at + width] * x;
      c += w[at + 2 * width] * x;
      d += w[at + 3 * width] * x;
    }
    y[r] = a;
    y[r + 1] = b;
    y[r + 2] = c;
    y[r + 3] = d;
  }
  for (; r < rows; r++) for (let k = 0; k < width; k++) y[r] += w[r * width + k] * v[k];
}

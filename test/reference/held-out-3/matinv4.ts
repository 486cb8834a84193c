// Inverse of a covariance of 4 x 4 in Q16 by Gauss and Jordan with pivots.
const N: i32 = 4;
const M: usize = 1024; // rows of eight: matrix and unit matrix

function cellAt(row: i32, column: i32): usize {
  return M + (<usize>(row * 2 * N + column) << 2);
}

function build(k: i32): void {
  for (let r = 0; r < N; r++)
    for (let c = 0; c < N; c++) {
      const v = r == c ? (5 + r) << 16 : ((r * c * 3 + r + c + k) & 7) << 13;
      store<i32>(cellAt(r, c), v);
      store<i32>(cellAt(r, c + N), r == c ? 65536 : 0);
    }
}

function pivotRow(column: i32): i32 {
  let best = column;
  let size: i32 = 0;
  for (let r = column; r < N; r++) {
    const v = abs(load<i32>(cellAt(r, column)));
    if (v > size) {
      size = v;
      best = r;
    }
  }
  return best;
}

function invert(): bool {
  for (let c = 0; c < N; c++) {
    const p = pivotRow(c);
    if (p != c)
      for (let j = 0; j < 2 * N; j++) {
        const t = load<i32>(cellAt(c, j));
        store<i32>(cellAt(c, j), load<i32>(cellAt(p, j)));
        store<i32>(cellAt(p, j), t);
      }
    const pivot = load<i32>(cellAt(c, c));
    if (pivot == 0) return false;
    for (let j = 0; j < 2 * N; j++) store<i32>(cellAt(c, j), <i32>((<i64>load<i32>(cellAt(c, j)) << 16) / pivot));
    for (let r = 0; r < N; r++) {
      if (r == c) continue;
      const factor = load<i32>(cellAt(r, c));
      if (factor == 0) continue;
      for (let j = 0; j < 2 * N; j++) {
        const product = <i32>((<i64>factor * <i64>load<i32>(cellAt(c, j))) >> 16);
        store<i32>(cellAt(r, j), load<i32>(cellAt(r, j)) - product);
      }
    }
  }
  return true;
}

export function run(n: i32): i32 {
  let h = 0;
  for (let k = 0; k < n; k++) {
    build(k);
    if (!invert()) h++;
    for (let r = 0; r < N; r++) for (let c = 0; c < N; c++) h = h * 33 + load<i32>(cellAt(r, c + N));
  }
  return h;
}

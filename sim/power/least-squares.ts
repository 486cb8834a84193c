/**
 * Least squares for a few unknowns by Levenberg and Marquardt, with derivatives by differences. Unknowns are scaled by
 * their starting values, so milliwatts and milliamperes weigh alike.
 */
export interface Solution {
  unknowns: number[];
  /** Residuals at the solution. */
  residuals: number[];
  /** False when the residuals do not depend on the unknowns well enough to tell them apart. */
  determined: boolean;
}

const rounds = 60;
const step = 1e-4;

/** Minimises the sum of squared `residuals(unknowns)` from `start`, whose entries are not zero. */
export function leastSquares(
  residuals: (unknowns: readonly number[]) => number[],
  start: readonly number[],
): Solution {
  const at = (scaled: readonly number[]) => residuals(scaled.map((value, index) => value * start[index]!));
  let x = start.map(() => 1);
  let r = at(x);
  let damping = 1e-3;
  let determined = true;
  for (let round = 0; round < rounds; round++) {
    const jacobian = columnsOf(at, x, r);
    const normal = x.map((_, i) => x.map((__, j) => dot(jacobian[i]!, jacobian[j]!)));
    const slope = jacobian.map((column) => dot(column, r));
    determined = isDetermined(normal);
    if (!determined) break;
    const move = solve(
      normal.map((row, i) => row.map((value, j) => (i === j ? value * (1 + damping) : value))),
      slope.map((value) => -value),
    );
    const next = x.map((value, index) => value + move[index]!);
    const better = at(next);
    if (dot(better, better) < dot(r, r)) {
      [x, r] = [next, better];
      damping = Math.max(1e-12, damping / 10);
    } else damping *= 10;
    if (Math.max(...move.map(Math.abs)) < 1e-12 || damping > 1e12) break;
  }
  return { unknowns: x.map((value, index) => value * start[index]!), residuals: r, determined };
}

/** Derivatives of the residuals by each unknown: central differences. */
function columnsOf(
  at: (x: readonly number[]) => number[],
  x: readonly number[],
  r: readonly number[],
): number[][] {
  return x.map((_, index) => {
    const moved = (by: number) => at(x.map((value, i) => (i === index ? value + by : value)));
    const [above, below] = [moved(step), moved(-step)];
    return r.map((__, row) => (above[row]! - below[row]!) / (2 * step));
  });
}

/** Whether the normal matrix, scaled to a unit diagonal, is far enough from singular. */
function isDetermined(normal: readonly (readonly number[])[]): boolean {
  if (normal.some((row, i) => !(row[i]! > 0))) return false;
  const scaled = normal.map((row, i) =>
    row.map((value, j) => value / Math.sqrt(normal[i]![i]! * normal[j]![j]!)),
  );
  return Math.abs(determinant(scaled)) > 1e-9;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Upper triangle by elimination with pivoting; the last column is the right-hand side. Returns the sign of the swaps. */
function eliminate(rows: number[][]): number {
  let sign = 1;
  for (let column = 0; column < rows.length; column++) {
    let pivot = column;
    for (let row = column + 1; row < rows.length; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    if (pivot !== column) {
      [rows[pivot], rows[column]] = [rows[column]!, rows[pivot]!];
      sign = -sign;
    }
    for (let row = column + 1; row < rows.length; row++) {
      const factor = rows[row]![column]! / rows[column]![column]!;
      for (let k = column; k < rows[row]!.length; k++) rows[row]![k]! -= factor * rows[column]![k]!;
    }
  }
  return sign;
}

function determinant(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row]);
  const sign = eliminate(rows);
  const product = rows.reduce((value, row, index) => value * row[index]!, sign);
  return Number.isFinite(product) ? product : 0;
}

/** Solves matrix x = right. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index]!]);
  eliminate(rows);
  const x = right.map(() => 0);
  for (let row = rows.length - 1; row >= 0; row--) {
    let value = rows[row]!.at(-1)!;
    for (let column = row + 1; column < rows.length; column++) value -= rows[row]![column]! * x[column]!;
    x[row] = value / rows[row]![row]!;
  }
  return x;
}

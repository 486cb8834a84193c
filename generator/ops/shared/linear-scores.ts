/** Scores of linear models: coefficients [targets][features] times the row, plus intercepts. */
import type { Node } from '../../graph/graph.ts';
import { invalid } from './refuse.ts';

export function linearScores(
  node: Node,
  row: Float64Array,
  coefficients: readonly number[],
  intercepts: readonly number[] | undefined,
  targets: number,
): Float64Array {
  const features = row.length;
  if (coefficients.length !== targets * features || (intercepts && intercepts.length !== targets)) {
    throw invalid(
      node,
      `${coefficients.length} coefficients do not make ${targets} rows of ${features} features`,
    );
  }
  return Float64Array.from({ length: targets }, (_, target) => {
    let sum = intercepts?.[target] ?? 0;
    for (let i = 0; i < features; i++) sum += coefficients[target * features + i]! * row[i]!;
    return sum;
  });
}

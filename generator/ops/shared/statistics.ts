/** Mean and population variance of a run of values. */
export function meanOf(values: Float64Array): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

export function varianceOf(values: Float64Array, mean: number): number {
  return values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
}

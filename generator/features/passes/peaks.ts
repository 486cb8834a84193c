/** Twin of assembly/peaks.ts. */

/** Successive local maxima: x(i-1) < x(i) >= x(i+1). */
export function localMaxima(x: ArrayLike<number>): number[] {
  const maxima: number[] = [];
  for (let i = 1; i + 1 < x.length; i++) if (x[i] > x[i - 1] && x[i] >= x[i + 1]) maxima.push(x[i]);
  return maxima;
}

/** Sum of the absolute differences between successive values. */
export const totalDifference = (values: readonly number[]): number =>
  values.reduce((total, v, i) => (i === 0 ? 0 : total + Math.abs(v - values[i - 1])), 0);

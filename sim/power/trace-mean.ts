/**
 * Mean power of a measured current. Its band holds the meter's error and the noise: twice the standard error of the means
 * of twenty equal stretches, which also sees slow changes that single samples would hide.
 */
import type { Estimate } from '../../common/estimate.ts';

const stretches = 20;

/** `meterErrorPercent`: error of the meter's reading, both ways. */
export function traceMeanMw(
  currentUa: ArrayLike<number>,
  volts: number,
  meterErrorPercent: number,
): Estimate {
  const mean = meanOf(currentUa, 0, currentUa.length);
  const error = Math.abs(mean) * (meterErrorPercent / 100) + 2 * standardError(currentUa);
  const milliwatts = volts * 1e-3;
  return {
    value: mean * milliwatts,
    low: Math.max(0, mean - error) * milliwatts,
    high: (mean + error) * milliwatts,
  };
}

function standardError(values: ArrayLike<number>): number {
  const count = Math.min(stretches, values.length);
  if (count < 2) return 0;
  const means = Array.from({ length: count }, (_, index) =>
    meanOf(
      values,
      Math.floor((index * values.length) / count),
      Math.floor(((index + 1) * values.length) / count),
    ),
  );
  const middle = means.reduce((sum, mean) => sum + mean, 0) / count;
  const variance = means.reduce((sum, mean) => sum + (mean - middle) ** 2, 0) / (count - 1);
  return Math.sqrt(variance / count);
}

function meanOf(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index++) sum += values[index]!;
  return sum / Math.max(1, to - from);
}

import { toFixed } from '../integer/scaled.ts';
import type { FeatureDefinition } from '../feature.ts';
import { spreadError } from '../passes/sums.ts';
import { meanOf } from './mean.ts';

/** sum of d^2 / n^3, with d = n x - sum. */
export const variance: FeatureDefinition<'variance'> = {
  kind: 'variance',
  float: (_, { x }) => varianceOf(x),
  bound: (_, { steps }, value) => value * (spreadError(steps) + 2 ** -30),
  needsSpread: true,
  factors: (_, { unit, steps }) => [unit ** 2 / steps ** 3],
  uses: { scaled: ['toFixed'] },
  code: (_, factor) => `toFixed(load<i64>(record, 32), load<i64>(record, 24) * 2, ${factor(0)})`,
  reference: (_, { spread }, [factor]) => toFixed(spread.power2, spread.exponent * 2, factor),
};

export function varianceOf(x: Float64Array): number {
  const mean = meanOf(x);
  return x.reduce((total, v) => total + (v - mean) ** 2, 0) / x.length;
}

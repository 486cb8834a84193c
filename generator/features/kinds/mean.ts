import { toFixed } from '../integer/scaled.ts';
import type { FeatureDefinition } from '../feature.ts';

/** The sum is exact. */
export const mean: FeatureDefinition<'mean'> = {
  kind: 'mean',
  float: (_, { x }) => meanOf(x),
  bound: (_, _column, value) => Math.abs(value) * 2 ** -30,
  factors: (_, { unit, steps }) => [unit / steps],
  uses: { scaled: ['toFixed'] },
  code: (_, factor) => `toFixed(load<i64>(record), 0, ${factor(0)})`,
  reference: (_, { sums }, [factor]) => toFixed(sums.sum, 0, factor),
};

export const meanOf = (x: Float64Array): number => x.reduce((a, b) => a + b, 0) / x.length;

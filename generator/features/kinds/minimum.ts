import { toFixed } from '../integer/scaled.ts';
import type { FeatureDefinition } from '../feature.ts';

export const minimum: FeatureDefinition<'minimum'> = {
  kind: 'minimum',
  float: (_, { x }) => minimumOf(x),
  bound: (_, _column, value) => Math.abs(value) * 2 ** -30,
  factors: (_, { unit }) => [unit],
  uses: { scaled: ['toFixed'] },
  code: (_, factor) => `toFixed(load<i64>(record, 8), 0, ${factor(0)})`,
  reference: (_, { sums }, [factor]) => toFixed(BigInt(sums.low), 0, factor),
};

export const minimumOf = (x: Float64Array): number => x.reduce((a, b) => Math.min(a, b));

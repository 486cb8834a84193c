import { toFixed } from '../integer/scaled.ts';
import type { FeatureDefinition } from '../feature.ts';

export const maximum: FeatureDefinition<'maximum'> = {
  kind: 'maximum',
  float: (_, { x }) => maximumOf(x),
  bound: (_, _column, value) => Math.abs(value) * 2 ** -30,
  factors: (_, { unit }) => [unit],
  uses: { scaled: ['toFixed'] },
  code: (_, factor) => `toFixed(load<i64>(record, 16), 0, ${factor(0)})`,
  reference: (_, { sums }, [factor]) => toFixed(BigInt(sums.high), 0, factor),
};

export const maximumOf = (x: Float64Array): number => x.reduce((a, b) => Math.max(a, b));

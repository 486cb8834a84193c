import { toFixed } from '../integer/scaled.ts';
import type { FeatureDefinition } from '../feature.ts';
import { maximumOf } from './maximum.ts';
import { minimumOf } from './minimum.ts';

export const range: FeatureDefinition<'range'> = {
  kind: 'range',
  float: (_, { x }) => maximumOf(x) - minimumOf(x),
  bound: (_, _column, value) => value * 2 ** -30,
  factors: (_, { unit }) => [unit],
  uses: { scaled: ['toFixed'] },
  code: (_, factor) => `toFixed(load<i64>(record, 16) - load<i64>(record, 8), 0, ${factor(0)})`,
  reference: (_, { sums }, [factor]) => toFixed(BigInt(sums.high) - BigInt(sums.low), 0, factor),
};

import { toFixed } from '../integer/scaled.ts';
import type { FeatureDefinition } from '../feature.ts';
import { twiceMedian } from '../passes/rank.ts';

export const median: FeatureDefinition<'median'> = {
  kind: 'median',
  float: (_, { x }) => twiceMedian(x) / 2,
  bound: (_, _column, value) => Math.abs(value) * 2 ** -30,
  scratch: [
    { name: 'signal_counts', type: 'i16', length: 256, kind: 'buffer', note: 'counts of the rank pass' },
  ],
  factors: (_, { unit }) => [unit / 2],
  uses: { scaled: ['toFixed'], rank: ['twiceMedian'] },
  code: (_, factor) =>
    `toFixed(twiceMedian(column, end, stride, steps, record, $signal_counts), 0, ${factor(0)})`,
  reference: (_, { x }, [factor]) => toFixed(BigInt(twiceMedian(x)), 0, factor),
};

import { toFixed } from '../integer/scaled.ts';
import type { FeatureDefinition } from '../feature.ts';
import { absoluteDeviations } from '../passes/sums.ts';
import { meanOf } from './mean.ts';

/** sum of |d| / n^2, with d = n x - sum: the sum is exact. */
export const meanAbsoluteDeviation: FeatureDefinition<'meanAbsoluteDeviation'> = {
  kind: 'meanAbsoluteDeviation',
  float(_, { x }) {
    const mean = meanOf(x);
    return x.reduce((total, v) => total + Math.abs(v - mean), 0) / x.length;
  },
  bound: (_, _column, value) => value * 2 ** -30,
  factors: (_, { unit, steps }) => [unit / steps ** 2],
  uses: { scaled: ['toFixed'], statistics: ['absoluteDeviations'] },
  code: (_, factor) => `toFixed(absoluteDeviations(column, end, stride, steps, record), 0, ${factor(0)})`,
  reference: (_, { x, sums }, [factor]) => toFixed(absoluteDeviations(x, sums), 0, factor),
};

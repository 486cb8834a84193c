import { toFixed } from '../integer/scaled.ts';
import type { FeatureDefinition } from '../feature.ts';
import { entropyQ24, histogram } from '../passes/histogram.ts';
import { checkBins, floatHistogram, prepareBins } from './bins.ts';

/** log2 n - sum of h log2 h / n; each logarithm is at most 2^-23 too small. */
export const entropy: FeatureDefinition<'entropy'> = {
  kind: 'entropy',
  check: checkBins,
  float: ({ bins }, { x }) =>
    floatHistogram(x, bins)
      .filter((count) => count > 0)
      .reduce((total, count) => total - (count / x.length) * Math.log2(count / x.length), 0),
  bound: (_, _column, value) => 2 ** -23 + value * 2 ** -30,
  prepare: prepareBins,
  factors: (_, { steps }) => [1 / steps],
  uses: { scaled: ['toFixed'], histogram: ['entropy'] },
  code: ({ bins }, factor) => `toFixed(entropy($signal_histogram, ${bins}, steps), -24, ${factor(0)})`,
  reference: ({ bins }, { x, sums }, [factor]) =>
    toFixed(entropyQ24(histogram(x, bins, sums), x.length), -24, factor),
};

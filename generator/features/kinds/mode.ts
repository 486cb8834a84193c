import { toFixed } from '../integer/scaled.ts';
import type { FeatureDefinition } from '../feature.ts';
import { fullest, histogram } from '../passes/histogram.ts';
import { checkBins, floatHistogram, prepareBins } from './bins.ts';
import { maximumOf } from './maximum.ts';
import { minimumOf } from './minimum.ts';

/**
 * Centre of the fullest bin: (2 bins low + (2 bin + 1) range) / (2 bins). The counts are exact, but the feature is not continuous: where
 * two bins are nearly as full, a change of one count moves it to the other bin.
 */
export const mode: FeatureDefinition<'mode'> = {
  kind: 'mode',
  check: checkBins,
  float({ bins }, { x }) {
    const low = minimumOf(x);
    return low + ((maximumOf(x) - low) * (2 * fullest(floatHistogram(x, bins)) + 1)) / (2 * bins);
  },
  bound: (_, _column, value) => Math.abs(value) * 2 ** -30,
  prepare: prepareBins,
  factors: ({ bins }, { unit }) => [unit / (2 * bins)],
  uses: { scaled: ['toFixed'], histogram: ['fullest'] },
  code: ({ bins }, factor) =>
    `toFixed(load<i64>(record, 8) * ${2 * bins} + (load<i64>(record, 16) - load<i64>(record, 8)) * ` +
    `<i64>(2 * fullest($signal_histogram, ${bins}) + 1), 0, ${factor(0)})`,
  reference({ bins }, { x, sums }, [factor]) {
    const range = BigInt(sums.high) - BigInt(sums.low);
    const bin = fullest(histogram(x, bins, sums));
    return toFixed(BigInt(sums.low) * BigInt(2 * bins) + range * BigInt(2 * bin + 1), 0, factor);
  },
};

import { divideRound } from '../../stages/integer.ts';
import { toFixed } from '../integer/scaled.ts';
import type { FeatureDefinition } from '../feature.ts';
import { localMaxima, totalDifference } from '../passes/peaks.ts';

/** The sum of differences is exact, their mean rounded at 2^-20 of a sample's step. */
export const peakDifference: FeatureDefinition<'peakDifference'> = {
  kind: 'peakDifference',
  float(_, { x }) {
    const maxima = localMaxima(x);
    return maxima.length < 2 ? 0 : totalDifference(maxima) / (maxima.length - 1);
  },
  bound: (_, { unit }, value) => value * 2 ** -30 + unit * 2 ** -21,
  factors: (_, { unit }) => [unit],
  uses: { scaled: ['toFixed'], peaks: ['meanPeakDifference'] },
  code: (_, factor) => `toFixed(meanPeakDifference(column, end, stride, oldest, steps), -20, ${factor(0)})`,
  reference(_, { x }, [factor]) {
    const maxima = localMaxima(x);
    const total = BigInt(totalDifference(maxima)) << 20n;
    return toFixed(maxima.length < 2 ? 0n : divideRound(total, BigInt(maxima.length - 1)), -20, factor);
  },
};

/** What features of a histogram share. */
import { pipelineRefusals } from '../../../common/refusals/index.ts';
import type { FeatureCheck, Preparation } from '../feature.ts';
import { histogram, MAX_BINS } from '../passes/histogram.ts';

export function checkBins({ bins }: { bins: number }, { where }: FeatureCheck): void {
  if (!(Number.isInteger(bins) && bins >= 2 && bins <= MAX_BINS))
    throw pipelineRefusals.badCount(`${where}.bins`, bins, 'bins', 2, MAX_BINS);
}

export const prepareBins = ({ bins }: { bins: number }): Preparation => ({
  resource: 'histogram',
  key: `${bins} bins`,
  line: () => `histogram(column, end, stride, record, ${bins}, $signal_histogram);`,
  uses: { histogram: ['histogram'] },
  blocks: [
    {
      name: 'signal_histogram',
      type: 'i16',
      // In whole words: the compiler may clear several counts at once.
      length: Math.ceil(bins / 4) * 4,
      kind: 'buffer',
      note: 'histogram',
    },
  ],
});

/** Of a float column: a value on an edge belongs to the upper bin as far as doubles can tell. */
export const floatHistogram = (x: Float64Array, bins: number): number[] =>
  histogram(x, bins, { low: x.reduce((a, b) => Math.min(a, b)), high: x.reduce((a, b) => Math.max(a, b)) });

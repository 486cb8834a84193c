import { toFixed } from '../integer/scaled.ts';
import type { FeatureDefinition } from '../feature.ts';
import { spectralLines } from '../passes/spectrum.ts';
import { binOf, checkSpectrum, prepareSpectrum } from './spectral-peak.ts';

/**
 * Frequency in Hz of the largest or second largest line. The bin is right wherever its amplitude is larger than the others' by twice the bound of
 * `spectralPeak`; nearly equal lines may change places.
 */
export const spectralPeakFrequency: FeatureDefinition<'spectralPeakFrequency'> = {
  kind: 'spectralPeakFrequency',
  check: checkSpectrum,
  float: (feature, column) => (binOf(feature, column) * column.rateHz) / feature.size,
  bound: (_, _shape, value) => value * 2 ** -30,
  prepare: prepareSpectrum,
  factors: ({ size }, { rateHz }) => [rateHz / size],
  uses: { scaled: ['toFixed'] },
  code: ({ rank }, factor) => `toFixed(load<i64>($signal_spectrum, ${(rank - 1) * 16 + 8}), 0, ${factor(0)})`,
  reference: ({ rank, size }, { x, sums }, [factor]) =>
    toFixed(BigInt(spectralLines(x, sums, size).lines[rank - 1].bin), 0, factor),
};

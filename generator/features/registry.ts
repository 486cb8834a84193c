/** Every feature: a new one is one file in `kinds/` and one line here. */
import type { WindowFeature } from '../pipeline/pipeline.ts';
import type { FeatureDefinition } from './feature.ts';
import { correlation } from './kinds/correlation.ts';
import { covariance } from './kinds/covariance.ts';
import { entropy } from './kinds/entropy.ts';
import { kurtosis } from './kinds/kurtosis.ts';
import { maximum } from './kinds/maximum.ts';
import { mean } from './kinds/mean.ts';
import { meanAbsoluteDeviation } from './kinds/mean-absolute-deviation.ts';
import { median } from './kinds/median.ts';
import { minimum } from './kinds/minimum.ts';
import { mode } from './kinds/mode.ts';
import { peakDifference } from './kinds/peak-difference.ts';
import { range } from './kinds/range.ts';
import { rootMeanSquare } from './kinds/root-mean-square.ts';
import { skewness } from './kinds/skewness.ts';
import { spectralEnergy } from './kinds/spectral-energy.ts';
import { spectralPeak } from './kinds/spectral-peak.ts';
import { spectralPeakFrequency } from './kinds/spectral-peak-frequency.ts';
import { variance } from './kinds/variance.ts';

const kinds = {
  mean,
  median,
  variance,
  minimum,
  maximum,
  range,
  rootMeanSquare,
  meanAbsoluteDeviation,
  kurtosis,
  skewness,
  peakDifference,
  mode,
  entropy,
  covariance,
  correlation,
  spectralEnergy,
  spectralPeak,
  spectralPeakFrequency,
} satisfies { [K in WindowFeature['kind']]: FeatureDefinition<K> };

/** The definition of a feature; its methods take that feature. */
export const featureKind = (feature: WindowFeature): FeatureDefinition =>
  kinds[feature.kind] as unknown as FeatureDefinition;

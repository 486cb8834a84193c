/** Test support: a pipeline that computes features, without files. */
import type { Pipeline, WindowFeature } from '../pipeline/pipeline.ts';
import { pipelineOf } from '../stages/testing.ts';

/** Every feature that needs nothing but a column. */
export const allFeatures: readonly WindowFeature[] = [
  { kind: 'mean' },
  { kind: 'median' },
  { kind: 'variance' },
  { kind: 'peakDifference' },
  { kind: 'range' },
  { kind: 'mode', bins: 32 },
  { kind: 'covariance', axis: 1 },
  { kind: 'meanAbsoluteDeviation' },
  { kind: 'kurtosis' },
  { kind: 'skewness' },
  { kind: 'correlation', axis: 1 },
  { kind: 'correlation', axis: 2 },
  { kind: 'minimum' },
  { kind: 'maximum' },
  { kind: 'rootMeanSquare' },
  { kind: 'entropy', bins: 20 },
  { kind: 'spectralEnergy' },
];

export const featurePipeline = (features: readonly WindowFeature[], part: Partial<Pipeline>): Pipeline =>
  pipelineOf({ preprocess: [{ step: 'features', features: [...features] }], ...part });

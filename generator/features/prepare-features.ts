/** The stages of prepare() for a pipeline with features. */
import type { Block } from '../emit/program.ts';
import type { SignalPath } from '../stages/step.ts';
import type { StagePart } from '../stages/part.ts';
import { featuresStage, type FeaturesOptions } from './features-stage.ts';
import { minmaxStage, rangeScales } from './minmax-stage.ts';
import { NARROWING_BITS, narrowStage } from './narrow-stage.ts';

export interface PrepareFeatures extends Omit<FeaturesOptions, 'features' | 'scales'> {
  path: SignalPath;
  /** Block that the model reads: i16 [features]. */
  model: Block;
}

export function prepareFeatures({ path, model, ...options }: PrepareFeatures): StagePart[] {
  const { features = [], minmax } = path;
  const { name: output, length, scale: outputScale } = model;
  if (outputScale === undefined) throw new Error(`block ${output} has no scale`);
  const inputScales = model.scales ?? new Array<number>(length).fill(outputScale);
  const scales = minmax ? rangeScales(minmax) : inputScales.map((scale) => scale * 2 ** -NARROWING_BITS);
  return [
    featuresStage({ ...options, features, scales }),
    minmax ? minmaxStage({ ...minmax, output, outputScale }) : narrowStage(length, output),
  ];
}

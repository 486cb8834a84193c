/** (x - low) / (high - low) of every feature, clipped to 0 .. 1. */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import type { PreprocessStep } from '../pipeline/pipeline.ts';
import { columnsOf } from './sensors.ts';
import type { StepDefinition } from '../stages/step.ts';

export const minmaxStep: StepDefinition<'minmax'> = {
  step: 'minmax',
  check({ low, high }, { where, before, pipeline }) {
    const features = before.at(-1);
    if (features?.step !== 'features')
      throw pipelineRefusals.misplacedStep(where, 'minmax', 'needs "features" right before it');
    const needed = columnsOf(pipeline).flat().length * features.features.length;
    for (const [name, { length }] of Object.entries({ low, high }))
      if (length !== needed) throw pipelineRefusals.wrongLength(`${where}.${name}`, length, needed);
    low.forEach((value, i) => {
      if (!(Number.isFinite(value) && Number.isFinite(high[i]) && value < high[i]))
        throw pipelineRefusals.emptyRange(where, i, value, high[i]);
    });
  },
  lower({ low, high }, path) {
    path.minmax = { low, high };
  },
};

/** Float meaning on a vector of features. */
export const clipToRange = (
  { low, high }: Pick<Extract<PreprocessStep, { step: 'minmax' }>, 'low' | 'high'>,
  features: Float64Array,
): Float64Array => features.map((x, i) => Math.min(1, Math.max(0, (x - low[i]) / (high[i] - low[i]))));

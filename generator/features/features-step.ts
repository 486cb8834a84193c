/** The window becomes one vector of features. */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { samplesIn } from '../pipeline/timing.ts';
import { refuseAfterFeatures } from '../stages/order.ts';
import type { StepDefinition } from '../stages/step.ts';
import { featureKind } from './registry.ts';
import { columnsOf } from './sensors.ts';

export const featuresStep: StepDefinition<'features'> = {
  step: 'features',
  check({ features }, context) {
    const { where, before, pipeline, ratesHz } = context;
    if (features.length === 0) throw pipelineRefusals.emptyList(`${where}.features`, 'feature');
    refuseAfterFeatures('features', context);
    if (before.some((s) => s.step === 'zscore'))
      throw pipelineRefusals.misplacedStep(
        where,
        'features',
        'takes samples in their unit and cannot follow "zscore"',
      );
    const axes = Math.min(...columnsOf(pipeline).map((sensor) => sensor.length));
    const steps = ratesHz.map((rateHz) => samplesIn(pipeline.window.seconds, rateHz));
    features.forEach((feature, i) =>
      featureKind(feature).check?.(feature, { where: `${where}.features[${i}]`, axes, steps }),
    );
  },
  lower({ features }, path) {
    path.features = features;
  },
};

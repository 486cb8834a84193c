/** Per window and channel: (x - mean) / (std + epsilon), divisor n. */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { refuseAfterFeatures } from './order.ts';
import type { StepDefinition } from './step.ts';

export const zscore: StepDefinition<'zscore'> = {
  step: 'zscore',
  check({ epsilon }, context) {
    const { where, before } = context;
    refuseAfterFeatures('zscore', context);
    if (!(epsilon > 0 && Number.isFinite(epsilon)))
      throw pipelineRefusals.notPositive(`${where}.epsilon`, epsilon, '');
    if (before.some((s) => s.step === 'zscore')) throw pipelineRefusals.secondZscore(where);
  },
  lower: ({ epsilon }, path) => {
    path.zscore = { epsilon };
  },
  window({ epsilon }, samples) {
    const mean = samples.reduce((a, b) => a + b, 0) / samples.length;
    const variance = samples.reduce((a, x) => a + (x - mean) * (x - mean), 0) / samples.length;
    return samples.map((x) => (x - mean) / (Math.sqrt(variance) + epsilon));
  },
};

/** Divides each channel by a constant. */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { refuseAfterFeatures } from './order.ts';
import type { StepDefinition } from './step.ts';

export const scale: StepDefinition<'scale'> = {
  step: 'scale',
  check({ divisors }, context) {
    const { where, pipeline } = context;
    refuseAfterFeatures('scale', context);
    if (divisors.length !== pipeline.channels.length)
      throw pipelineRefusals.wrongDivisors(`${where}.divisors`, divisors.length, pipeline.channels.length);
    divisors.forEach((divisor, i) => {
      if (!(divisor > 0 && Number.isFinite(divisor)))
        throw pipelineRefusals.notPositive(`${where}.divisors[${i}]`, divisor, '');
    });
  },
  lower({ divisors }, path) {
    const gains = path.zscore ? path.gainsAfter : path.gains;
    divisors.forEach((divisor, c) => (gains[c] /= divisor));
  },
  window: ({ divisors }, samples, channel) => samples.map((x) => x / divisors[channel]),
};

/** Mean of the last samples, full spans only. The kernel keeps the sum and divides the unit, so nothing is rounded. */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { refuseAfterZscore } from './order.ts';
import { isFilter } from './filters.ts';
import type { StepDefinition } from './step.ts';

/** Sums of this many raw counts stay below 2^30. */
export const MAX_AVERAGE = 127;

export const movingAverage: StepDefinition<'movingAverage'> = {
  step: 'movingAverage',
  check({ samples }, context) {
    const { where, before } = context;
    if (!(Number.isInteger(samples) && samples >= 2 && samples <= MAX_AVERAGE))
      throw pipelineRefusals.badCount(`${where}.samples`, samples, 'samples', 2, MAX_AVERAGE);
    refuseAfterZscore('movingAverage', context);
    if (before.some((s) => isFilter(s)))
      throw pipelineRefusals.misplacedStep(where, 'movingAverage', 'cannot be joined with a filter');
  },
  lower({ samples }, path) {
    path.average = samples;
    path.gains = path.gains.map((gain) => gain / samples);
  },
  stream: ({ samples: span }, samples) =>
    Float64Array.from({ length: Math.max(samples.length - span + 1, 0) }, (_, i) => {
      let sum = 0;
      for (let k = i; k < i + span; k++) sum += samples[k];
      return sum / span;
    }),
};

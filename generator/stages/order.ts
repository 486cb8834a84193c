import { pipelineRefusals } from '../../common/refusals/index.ts';
import type { StepContext } from './step.ts';

/** Steps on the stream of samples cannot follow what works on windows (ESC222, ESC242), nor join a moving average (ESC242). */
export function refuseAfterZscore(step: string, { before, where }: StepContext): void {
  refuseAfterFeatures(step, { before, where });
  if (before.some((s) => s.step === 'movingAverage'))
    throw pipelineRefusals.misplacedStep(where, step, 'cannot be joined with "movingAverage"');
  if (before.some((s) => s.step === 'quality'))
    throw pipelineRefusals.misplacedStep(where, step, 'comes before "quality", which judges what it leaves');
  if (before.some((s) => s.step === 'zscore')) throw pipelineRefusals.filterAfterWindow(where, step);
}

/** Nothing but "minmax" takes features. */
export function refuseAfterFeatures(
  step: string,
  { before, where }: Pick<StepContext, 'before' | 'where'>,
): void {
  if (before.some((s) => s.step === 'features'))
    throw pipelineRefusals.misplacedStep(where, step, 'works on samples and cannot follow "features"');
}

import { pipelineRefusals } from '../../common/refusals/index.ts';
import type { StepContext } from './step.ts';

/** Steps on the stream of samples cannot follow the normalisation of a window (ESC222). */
export function refuseAfterZscore(step: string, { before, where }: StepContext): void {
  if (before.some((s) => s.step === 'zscore')) throw pipelineRefusals.filterAfterWindow(where, step);
}

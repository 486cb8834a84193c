/** Preprocessing steps of a pipeline -> what the kernel does with samples and windows. */
import { isFilter } from '../stages/filters.ts';
import type { SignalPath } from '../stages/step.ts';
import { definitionOf } from '../stages/registry.ts';
import type { Pipeline } from './pipeline.ts';

/** The steps at one rate. Gains begin with the real value of a raw count. */
export function signalPath(pipeline: Pick<Pipeline, 'channels' | 'preprocess'>, rateHz: number): SignalPath {
  const path: SignalPath = {
    sections: [],
    gains: pipeline.channels.map((channel) => channel.lsb),
    gainsAfter: pipeline.channels.map(() => 1),
  };
  for (const step of pipeline.preprocess) definitionOf(step).lower(step, path, rateHz);
  const filters = pipeline.preprocess.filter(isFilter);
  if (filters.length > 0 && filters.every(({ step }) => step === 'lowpass')) path.keepsLevel = true;
  return path;
}

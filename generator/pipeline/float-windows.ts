/**
 * The float meaning of a pipeline's preprocessing: what the fixed-point kernel is compared with.
 * Filters run over the whole stream; the other steps work on windows, in the order of the pipeline file.
 */
import { floatFeatures } from '../features/float-features.ts';
import { clipToRange } from '../features/minmax-step.ts';
import { columnsOf, sensorsOf } from '../features/sensors.ts';
import { definitionOf } from '../stages/registry.ts';
import type { Pipeline } from './pipeline.ts';
import { samplesIn } from './timing.ts';

/**
 * @param streams real values by channel, all of one length, sampled at `rateHz`
 * @returns windows as the model takes them, [windows][steps * channels] or [windows][features], in the order in which push()
 * makes them due
 */
export function floatWindows(
  pipeline: Pick<Pipeline, 'channels' | 'preprocess' | 'window'>,
  rateHz: number,
  streams: readonly Float64Array[],
): Float64Array[] {
  const steps = samplesIn(pipeline.window.seconds, rateHz);
  const hop = samplesIn(pipeline.window.hopSeconds, rateHz);
  const channels = streams.length;
  const sensors = sensorsOf(pipeline.channels);
  const filtered = pipeline.preprocess.reduce((current: readonly Float64Array[], step) => {
    const { combine, stream } = definitionOf(step);
    if (combine) return combine(step, current, sensors);
    return stream ? current.map((samples) => stream(step, samples, rateHz)) : current;
  }, streams);
  const features = pipeline.preprocess.find((step) => step.step === 'features');
  const minmax = pipeline.preprocess.find((step) => step.step === 'minmax');
  const windows: Float64Array[] = [];
  for (let start = 0; start + steps <= filtered[0].length; start += hop) {
    const columns = filtered.map((stream, c) =>
      pipeline.preprocess.reduce(
        (part: Float64Array, step) => definitionOf(step).window?.(step, part, c) ?? part,
        stream.slice(start, start + steps),
      ),
    );
    if (features) {
      const vector = floatFeatures(features.features, columns, columnsOf(pipeline), rateHz);
      windows.push(minmax ? clipToRange(minmax, vector) : vector);
      continue;
    }
    const window = new Float64Array(steps * channels);
    columns.forEach((column, c) => column.forEach((x, i) => (window[i * channels + c] = x)));
    windows.push(window);
  }
  return windows;
}

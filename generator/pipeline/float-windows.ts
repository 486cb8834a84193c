/**
 * The float meaning of a pipeline's preprocessing: what the fixed-point kernel is compared with.
 * Filters run over the whole stream; the other steps work on windows, in the order of the pipeline file.
 */
import { definitionOf } from '../stages/registry.ts';
import type { Pipeline } from './pipeline.ts';
import { samplesIn } from './timing.ts';

/**
 * @param streams real values by channel, all of one length, sampled at `rateHz`
 * @returns windows as the model takes them, [windows][steps * channels], in the order in which push() makes them due
 */
export function floatWindows(
  pipeline: Pick<Pipeline, 'channels' | 'preprocess' | 'window'>,
  rateHz: number,
  streams: readonly Float64Array[],
): Float64Array[] {
  const steps = samplesIn(pipeline.window.seconds, rateHz);
  const hop = samplesIn(pipeline.window.hopSeconds, rateHz);
  const channels = streams.length;
  const filtered = streams.map((samples) =>
    pipeline.preprocess.reduce(
      (stream: Float64Array, step) => definitionOf(step).stream?.(step, stream, rateHz) ?? stream,
      samples,
    ),
  );
  const windows: Float64Array[] = [];
  for (let start = 0; start + steps <= streams[0].length; start += hop) {
    const window = new Float64Array(steps * channels);
    filtered.forEach((stream, c) => {
      const cut: Float64Array = stream.slice(start, start + steps);
      const prepared = pipeline.preprocess.reduce(
        (part, step) => definitionOf(step).window?.(step, part, c) ?? part,
        cut,
      );
      prepared.forEach((x, i) => (window[i * channels + c] = x));
    });
    windows.push(window);
  }
  return windows;
}

/** The calibration windows of a model of a pipeline, as the model takes them at a rate. */
import type { ModelChoice } from '../choose-model.ts';
import { readCalibration, readFeatureCalibration } from '../data/calibration.ts';
import { sensorsOf } from '../features/sensors.ts';
import type { Network } from '../graph/network.ts';
import type { LoadedPipeline } from './load.ts';
import type { Pipeline } from './pipeline.ts';
import { samplesIn } from './timing.ts';

export const takesFeatures = ({ preprocess }: Pick<Pipeline, 'preprocess'>): boolean =>
  preprocess.some((s) => s.step === 'features');

/** Throws ESC254, ESC305 and ESC306. */
export function calibrationWindows(
  { pipeline, resolve }: LoadedPipeline,
  { model, rateHz }: Pick<ModelChoice, 'model' | 'rateHz'>,
  network: Network,
): { windows: Float64Array[] } {
  const { file, tensor } = model.calibration;
  const { steps, features } = network.buffers[network.input]!;
  if (takesFeatures(pipeline)) return readFeatureCalibration(resolve(file), tensor, steps * features);
  return readCalibration(resolve(file), tensor, {
    trainedSteps: samplesIn(pipeline.window.seconds, model.rateHz),
    steps: samplesIn(pipeline.window.seconds, rateHz),
    columns: columnNames(pipeline),
  });
}

/** What the columns of a window are called: by their channels, or by the first of each sensor where a sensor is one column. */
export const columnNames = ({ channels, preprocess }: Pick<Pipeline, 'channels' | 'preprocess'>): string[] =>
  preprocess.some((s) => s.step === 'magnitude')
    ? sensorsOf(channels).map(([first]) => `magnitude of ${channels[first!]!.name}`)
    : channels.map(({ name }) => name);

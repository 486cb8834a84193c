/** Calibration windows of a model, stretched in time where the model is re-timed to another rate. */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { readSafetensorsFile, requireTensor } from './safetensors.ts';

/**
 * Reads [windows][steps][channels] and brings every window to `steps` time steps by linear interpolation: ranges of
 * activations, which is all that calibration looks at, hardly depend on it.
 */
export function readCalibration(
  file: string,
  tensor: string,
  size: { steps: number; channels: number },
): { windows: Float64Array[] } {
  const { shape, data } = requireTensor(readSafetensorsFile(file), tensor, file);
  if (shape.length !== 3 || shape[2] !== size.channels || shape[0] === 0 || shape[1] < 2)
    throw pipelineRefusals.evaluationShape(
      file,
      tensor,
      shape.join(', '),
      `[windows, steps, ${size.channels} channels]`,
    );
  const [count, steps, channels] = shape;
  const windows = Array.from({ length: count }, (_, i) =>
    stretch(data.subarray(i * steps * channels, (i + 1) * steps * channels), steps, channels, size.steps),
  );
  return { windows };
}

/** Reads [windows][features]: vectors have no time to be stretched in. */
export function readFeatureCalibration(
  file: string,
  tensor: string,
  features: number,
): { windows: Float64Array[] } {
  const { shape, data } = requireTensor(readSafetensorsFile(file), tensor, file);
  if (shape.length !== 2 || shape[1] !== features || shape[0] === 0)
    throw pipelineRefusals.evaluationShape(file, tensor, shape.join(', '), `[windows, ${features} features]`);
  return {
    windows: Array.from({ length: shape[0] }, (_, i) => data.subarray(i * features, (i + 1) * features)),
  };
}

/** Linear interpolation of a [from][channels] window to [to][channels], first and last step kept. */
export function stretch(window: Float64Array, from: number, channels: number, to: number): Float64Array {
  if (from === to) return window;
  const result = new Float64Array(to * channels);
  for (let t = 0; t < to; t++) {
    const at = to === 1 ? 0 : (t * (from - 1)) / (to - 1);
    const left = Math.min(Math.floor(at), from - 2);
    for (let c = 0; c < channels; c++) {
      const a = window[left * channels + c];
      const b = window[(left + 1) * channels + c];
      result[t * channels + c] = a + (b - a) * (at - left);
    }
  }
  return result;
}

/** Calibration windows of a model, stretched in time where the model is re-timed to another rate. */
import { kernelRefusals } from '../../common/refusals/index.ts';
import { readSafetensorsFile, requireTensor } from './safetensors.ts';

export interface WindowSize {
  /** Steps of a window as the model was trained for it. */
  trainedSteps: number;
  /** Steps that are wanted: others only where the model is re-timed. */
  steps: number;
  /** Names of the columns of a step. */
  columns: readonly string[];
}

/**
 * Reads [windows][trainedSteps][columns] and brings every window to `steps` time steps by linear interpolation: ranges of
 * activations, which is all that calibration looks at, hardly depend on it. Refuses tensors of any other shape (ESC305) and columns
 * that never change (ESC306).
 */
export function readCalibration(
  file: string,
  tensor: string,
  { trainedSteps, steps, columns }: WindowSize,
): { windows: Float64Array[] } {
  const { shape, data } = requireTensor(readSafetensorsFile(file), tensor, file);
  const [count, rows, width] = shape;
  if (shape.length !== 3 || count === 0 || rows !== trainedSteps || width !== columns.length)
    throw kernelRefusals.calibrationShape(
      file,
      tensor,
      shape,
      `[windows, ${trainedSteps} steps, ${columns.length} ${columns.length === 1 ? 'channel' : 'channels'}]`,
    );
  const constant = constantColumn(data, columns.length);
  if (constant !== undefined) throw kernelRefusals.constantColumn(file, tensor, columns[constant]!);
  const windows = Array.from({ length: count }, (_, i) =>
    stretch(data.subarray(i * rows * width, (i + 1) * rows * width), rows, width, steps),
  );
  return { windows };
}

/** The first of `width` columns that holds one value in every row. */
function constantColumn(data: Float64Array, width: number): number | undefined {
  const found = Array.from({ length: width }, (_, c) => c).find((c) => {
    for (let k = c; k < data.length; k += width) if (data[k] !== data[c]) return false;
    return true;
  });
  return found;
}

/** Reads [windows][features]: vectors have no time to be stretched in. */
export function readFeatureCalibration(
  file: string,
  tensor: string,
  features: number,
): { windows: Float64Array[] } {
  const { shape, data } = requireTensor(readSafetensorsFile(file), tensor, file);
  if (shape.length !== 2 || shape[1] !== features || shape[0] === 0)
    throw kernelRefusals.calibrationShape(file, tensor, shape, `[windows, ${features} features]`);
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

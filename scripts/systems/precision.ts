/**
 * How near the kernel's model input comes to the float meaning of the preprocessing, from the raw recordings that a pipeline ships: values are resampled and rounded to counts for the
 * kernel, and resampled only for float64.
 */
import type { BuiltKernel } from '../../generator/build-kernel.ts';
import { readRecording } from '../../generator/data/recording.ts';
import { resample, toFrames } from '../../generator/data/resample.ts';
import { floatWindows } from '../../generator/pipeline/float-windows.ts';
import type { LoadedPipeline } from '../../generator/pipeline/load.ts';
import { KernelInstance } from '../../kernel/instance.ts';

export interface Precision {
  windows: number;
  /** Values of the model's input that were compared. */
  values: number;
  /** Error of half of the values, and of 99 % of them, as shares of the value's own range over the recordings. */
  median: number;
  most: number;
  /** Values that are off by more than a thousandth of their range. */
  beyond: number;
  /** Features among those. */
  beyondKinds: string[];
}

export function precisionOf({ pipeline, resolve }: LoadedPipeline, built: BuiltKernel): Precision {
  const { rateHz } = built.choice;
  const kernel = KernelInstance.load(built.wasm, built.manifest);
  const pairs = (pipeline.recordings ?? []).flatMap(({ file, resample: method }) => {
    const recording = readRecording(
      resolve(file),
      pipeline.channels.map(({ name }) => name),
    );
    const streams = pipeline.channels.map(({ name }) =>
      resample(recording, rateHz, method).columns.get(name)!,
    );
    const expected = floatWindows(pipeline, rateHz, streams);
    const made = fixedWindows(kernel, toFrames(recording, pipeline.channels, rateHz, method));
    if (made.length !== expected.length)
      throw new Error(`${file}: ${made.length} windows in the kernel, ${expected.length} in float`);
    return made.map((fixed, w) => ({ fixed, float: expected[w]! }));
  });
  // A feature has a range of its own; samples share that of their channel.
  const kinds = pipeline.preprocess.flatMap((step) => (step.step === 'features' ? step.features : []));
  const group = kinds.length > 0 ? pairs[0]!.float.length : pipeline.channels.length;
  const ranges = Array.from({ length: group }, (_, g) =>
    rangeOf(
      pairs.map(({ float }) => float),
      g,
      group,
    ),
  );
  const places = pairs.flatMap(({ fixed, float }) =>
    Array.from(float, (value, i) => ({ i, error: Math.abs(fixed[i]! - value) / (ranges[i % group]! || 1) })),
  );
  const errors = places.map(({ error }) => error).sort((a, b) => a - b);
  const beyond = places.filter(({ error }) => error > 1e-3);
  const at = (share: number) => errors[Math.min(errors.length - 1, Math.floor(share * errors.length))]!;
  return {
    windows: pairs.length,
    values: errors.length,
    median: at(0.5),
    most: at(0.99),
    beyond: beyond.length,
    beyondKinds: [...new Set(beyond.map(({ i }) => kinds[i % kinds.length]?.kind ?? 'sample'))].sort(),
  };
}

function fixedWindows(kernel: KernelInstance, frames: readonly Int32Array[]): Float64Array[] {
  kernel.reset();
  return frames.flatMap((frame) => {
    if (!kernel.push(frame)) return [];
    kernel.prepare();
    return [kernel.readReal(kernel.manifest.io.modelInput)];
  });
}

function rangeOf(windows: readonly Float64Array[], g: number, group: number): number {
  let [low, high] = [Infinity, -Infinity];
  for (const window of windows)
    for (let i = g; i < window.length; i += group) {
      low = Math.min(low, window[i]!);
      high = Math.max(high, window[i]!);
    }
  return high - low;
}

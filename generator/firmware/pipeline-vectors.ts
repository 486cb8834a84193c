/** Self-test vectors of a pipeline: its first recording, as frames and, where the kernel takes them, as samples with their own times. */
import { cliRefusals, firmwareRefusals } from '../../common/refusals/index.ts';
import type { BuiltKernel } from '../build-kernel.ts';
import { readRecording, type SensorRecording } from '../data/recording.ts';
import { requireWindow, toFrames } from '../data/resample.ts';
import type { LoadedPipeline } from '../pipeline/load.ts';
import { hasFunction, sensors } from './kernel-features.ts';
import { recordVectors, type FirmwareVectors, type TimedSample } from './vectors.ts';

/**
 * What V8 answers to the first `windows` windows (default 3). Throws ESC607 without a recording, ESC264 where it is shorter than a
 * window, ESC713 where no window came of it.
 */
export function pipelineVectors(
  { pipeline, resolve }: LoadedPipeline,
  { wasm, manifest }: Pick<BuiltKernel, 'wasm' | 'manifest'>,
  options: { windows?: number } = {},
): FirmwareVectors {
  const first = pipeline.recordings?.[0];
  if (!first) throw cliRefusals.noRecording(pipeline.name);
  const recording = readRecording(
    resolve(first.file),
    pipeline.channels.map((c) => c.name),
  );
  requireWindow(recording, manifest.windowSeconds, manifest.rateHz);
  const frames = toFrames(recording, pipeline.channels, manifest.rateHz, first.resample);
  const vectors = recordVectors(wasm, manifest, {
    source: first.file,
    frames: again(frames, manifest, options.windows ?? 3),
    ...(hasFunction(manifest, 'sample') ? { samples: timedSamples(recording, manifest) } : {}),
    ...options,
  });
  if (vectors.windows.length === 0) throw firmwareRefusals.noWindows(manifest.name);
  return vectors;
}

/** Frames of a recording that is too short for the windows come again from its start, as the simulator feeds them. */
function again(
  frames: readonly Int32Array[],
  { steps, hopSeconds, rateHz }: BuiltKernel['manifest'],
  windows: number,
): Int32Array[] {
  const hop = Math.max(1, Math.round(hopSeconds * rateHz));
  const needed = steps + hop * windows;
  return Array.from({ length: Math.max(needed, frames.length) }, (_, i) => frames[i % frames.length]);
}

/** One sample of each sensor a line of the recording, at the line's own time. */
function timedSamples(recording: SensorRecording, manifest: BuiltKernel['manifest']): TimedSample[] {
  const parts = sensors(manifest).map(({ first, channels }) =>
    manifest.channels.slice(first, first + channels),
  );
  return Array.from(recording.timesS, (timeS, i) =>
    parts.map((own, sensor) => ({
      sensor,
      timeUs: BigInt(Math.round(timeS * 1e6)),
      counts: own.map(({ name, lsb }) => Math.round(recording.columns.get(name)![i] / lsb)),
    })),
  ).flat();
}

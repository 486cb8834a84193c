/** Runs a kernel on samples with timestamps, as a host on the wrist hands them on. */
import { KernelInstance } from '../../kernel/instance.ts';
import type { BuiltKernel } from '../../generator/build-kernel.ts';
import { readSafetensorsFile, requireTensor } from '../../generator/data/safetensors.ts';

/** Samples of one sensor, its channels from `channel` on. */
export interface Reading {
  timeMs: number;
  sensor: number;
  channel: number;
  values: readonly number[];
}

export interface Window {
  features: Float64Array;
  output: Float64Array;
  decision: number;
  /** What a gate picked. */
  choice: number;
  /** What decide() left. */
  score: number;
}

/** Every window of the readings, which are in the order of time. Throws when a sample is refused. */
export function windowsOf(built: BuiltKernel, readings: readonly Reading[]): Window[] {
  const kernel = KernelInstance.load(built.wasm, built.manifest);
  const { channels, io, blocks } = built.manifest;
  const features = blocks.find((block) => block.name === 'signal_features')!;
  const windows: Window[] = [];
  for (const { timeMs, sensor, channel, values } of readings) {
    const counts = values.map((value, c) => Math.round(value / channels[channel + c].lsb));
    const verdict = kernel.sample(sensor, BigInt(Math.round(timeMs * 1000)), channel, counts);
    if (verdict < 0) throw new Error(`sample() answered ${verdict} at ${timeMs} ms`);
    if (verdict === 1)
      windows.push({
        decision: kernel.infer(),
        features: kernel.readReal(features),
        output: kernel.readModelOutput(),
        choice: io.choice ? Number(kernel.cells(io.choice)[0]) : 0,
        score: io.score ? kernel.readReal(io.score)[0] : 0,
      });
  }
  return windows;
}

/** Rows of a tensor, flattened behind the first axis. */
export function rowsOf(file: string, name: string): Float64Array[] {
  const { shape, data } = requireTensor(readSafetensorsFile(file), name, file);
  const width = data.length / shape[0];
  return Array.from({ length: shape[0] }, (_, i) => data.subarray(i * width, (i + 1) * width));
}

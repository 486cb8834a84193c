/** Self-test vectors: real input, and what V8 computed from it with the very bytes that are flashed. */
import { KernelInstance } from '../../kernel/instance.ts';
import type { KernelManifest, ManifestBlock } from '../../kernel/manifest.ts';
import { hasFunction, sensors } from './kernel-features.ts';

/** One sample of one sensor, for kernels that take samples with timestamps. */
export interface TimedSample {
  sensor: number;
  timeUs: bigint;
  /** The sensor's channels. */
  counts: number[];
}

/** What goes in: frames of raw counts, timed samples, or model inputs as integer cells. */
export interface VectorInput {
  /** Where the data is from, for the reader. */
  source: string;
  /** They go first; samples follow, inputs come last. */
  frames?: readonly ArrayLike<number>[];
  samples?: readonly TimedSample[];
  inputs?: readonly ArrayLike<number>[];
  /** Windows that are enrolled, from the first on; default 2 where the kernel enrols. */
  enrolWindows?: number;
  /** Windows at most of frames, and as many of samples; default 3. */
  windows?: number;
}

export interface VectorWindow {
  /** Frames, samples or inputs that went in before the decision. */
  after: number;
  decision: number;
  /** Cells of the model's output and of the score. */
  output: bigint[];
  score: bigint[];
  /** Result of enrol() after the decision; 0 when not enrolled. */
  enrolment: number;
}

export interface FirmwareVectors {
  source: string;
  frames: number[][];
  samples: TimedSample[];
  inputs: number[][];
  windows: VectorWindow[];
}

/** Runs the kernel in V8 and keeps what it answers. Input beyond the last window is cut off. */
export function recordVectors(
  wasm: Uint8Array,
  manifest: KernelManifest,
  input: VectorInput,
): FirmwareVectors {
  const kernel = KernelInstance.load(wasm, manifest);
  const most = input.windows ?? 3;
  const vectors: FirmwareVectors = { source: input.source, frames: [], samples: [], inputs: [], windows: [] };
  const enrols = hasFunction(manifest, 'enrol') ? (input.enrolWindows ?? 2) : 0;
  const infer = (): void => {
    const decision = kernel.infer();
    const { modelOutput, score } = manifest.io;
    const window: VectorWindow = {
      after: vectors.frames.length + vectors.samples.length + vectors.inputs.length,
      decision,
      output: cells(kernel, modelOutput),
      score: cells(kernel, score),
      enrolment: 0,
    };
    if (vectors.windows.length < enrols) window.enrolment = kernel.enrol();
    vectors.windows.push(window);
  };
  kernel.reset();
  for (const frame of input.frames ?? []) {
    if (vectors.windows.length === most) break;
    vectors.frames.push(Array.from(frame));
    if (kernel.push(Array.from(frame))) infer();
  }
  const ofFrames = vectors.windows.length;
  for (const sample of input.samples ?? []) {
    if (vectors.windows.length === ofFrames + most) break;
    vectors.samples.push(sample);
    const { first } = sensors(manifest)[sample.sensor];
    if (kernel.sample(sample.sensor, sample.timeUs, first, sample.counts) === 1) infer();
  }
  for (const window of (input.inputs ?? []).slice(0, most)) {
    vectors.inputs.push(Array.from(window));
    kernel.cells(manifest.io.modelInput).set(Array.from(window) as never);
    infer();
  }
  return vectors;
}

const cells = (kernel: KernelInstance, block?: ManifestBlock): bigint[] =>
  block ? Array.from(kernel.cells(block) as Int32Array, (v) => BigInt(v)) : [];

/**
 * The kernel manifest: the one contract between the generator and the simulator, and between the kernel and
 * its host. Host code never guesses an address.
 *
 * Exports of every kernel: `memory`, immutable globals `__heap_base` and `__data_end`, and
 *   reset(): void            zeroes all state (filters, window, templates)
 *   push(): i32              takes one frame of raw samples from io.frame; 1 when a window is ready, else 0
 *   sample(): i32            takes one sample of one sensor: io.time, io.sensor and its channels in io.frame; 1 when a window is
 *                            ready, else 0, or a negative `status`; only where samples come with timestamps
 *   prepare(): void          window -> model input (normalise, scale)
 *   model(): void            model input -> model output
 *   decide(): i32            model output -> decision (see `decision`); negative: see `status`
 *   infer(): i32             prepare, model, decide
 *   enrol(): i32             adds the current model output to the template; number of windows so far
 *   one function a stage, by the stage's `export`
 * An export that a pipeline does not have (enrol without a template, push without sensors) is absent.
 */
export interface KernelManifest {
  /** Version of this format. */
  manifestVersion: 1;
  /** Pipeline and variant, e.g. "pulse/25hz". */
  name: string;
  /** What made the kernel, e.g. "escapement 0.1.0". */
  generator: string;
  /**
   * For whom the code is shaped: compiled runtimes, interpreters, or evaluation on a computer (SIMD, not for flash). All give
   * the same bits.
   */
  profile: 'aot' | 'interp' | 'host';
  /** SHA-256 of kernel.wasm, hex. */
  wasmSha256: string;
  /** Ties kernel and manifest together: also stored in the module's memory, first 8 bytes of data. */
  signature: string;
  rateHz: number;
  windowSeconds: number;
  hopSeconds: number;
  /** Samples in a window. */
  steps: number;
  channels: ManifestChannel[];
  /** True when the model was trained for this rate; false: the rate is only costed. */
  trainedForRate: boolean;
  /**
   * Bits of weight matrices and activation buffers that were chosen one by one, by name. Other matrices have 8, or 16 where a recurrent
   * layer has few inputs; other activations have 16.
   */
  widths?: { readonly [matrix: string]: number };
  memory: {
    pages: number;
    /** Bytes by use; they add up to heapBase minus the unused low addresses. */
    constantBytes: number;
    stateBytes: number;
    bufferBytes: number;
    dataEnd: number;
    heapBase: number;
  };
  io: {
    /** Raw samples of one frame, one per channel. */
    frame?: ManifestBlock;
    /** Time of a sample in microseconds and its sensor (by order of first appearance among the channels), for sample(). */
    time?: ManifestBlock;
    sensor?: ManifestBlock;
    /** What model() reads. */
    modelInput: ManifestBlock;
    /** What model() leaves. */
    modelOutput: ManifestBlock;
    /** Score(s) that decide() leaves, e.g. the MVN distance. */
    score?: ManifestBlock;
    /** Not 0: confidence was low for long, and the model should be trained again. Stands until the host clears it. */
    retrain?: ManifestBlock;
    /** Not 0: a window was rejected, and decide() answers -6 until the host clears it. */
    suspended?: ManifestBlock;
    /** Key of protected templates, 256 bits, written by the host; reset() keeps it. */
    key?: ManifestBlock;
    /** Which of several models a gate picked (the context). */
    choice?: ManifestBlock;
  };
  decision: ManifestDecision;
  stages: ManifestStage[];
  entries: { export: string; stages: string[] }[];
  blocks: ManifestBlockEntry[];
  macs: number;
}

export interface ManifestChannel {
  name: string;
  /** Which sensor of the pipeline the channel belongs to: 'ppg', 'accelerometer' or 'gyroscope'. */
  sensor: string;
  /** Device that the sensor sits in, where there are several. */
  device?: string;
  unit: string;
  /** Real value of one raw count. */
  lsb: number;
}

export interface ManifestBlock {
  name: string;
  address: number;
  type: 'i8' | 'i16' | 'i32' | 'i64';
  length: number;
  /** Real value of one integer step. */
  scale?: number;
  /** The same element by element, where elements have units of their own (features of a window). */
  scales?: readonly number[];
}

/** A row of the memory map. */
export interface ManifestBlockEntry extends ManifestBlock {
  kind: string;
  note: string;
}

export type ManifestDecision =
  | { kind: 'argmax'; classes: number }
  | { kind: 'mvn'; features: number; threshold: number }
  | { kind: 'score'; thresholds: number[] }
  | { kind: 'template'; distance: string; threshold: number; capacity: number };

export interface ManifestStage {
  export: string;
  title: string;
  macs: number;
  /**
   * Work that is done twice to keep less: reverse states of `segmentSteps` steps at a time, `macs` multiply-accumulates beside
   * those of the model, and buffers smaller by `savedBytes`.
   */
  recomputed?: { segmentSteps: number; macs: number; savedBytes: number };
  parallel?: { group: number; branch: number };
}

/** Negative results of decide(), enrol() and sample(). */
export const status = {
  notEnrolled: -1,
  windowNotReady: -2,
  templateFull: -3,
  /** decide() after a rejection, until the host clears io.suspended. */
  suspended: -6,
  /** decide() and enrol() of protected templates before the host wrote a key. */
  noKey: -7,
  /** decide() and enrol(): the signal of the window is too weak or too wild to be looked at. */
  poorSignal: -8,
  /** sample(): unknown sensor, or a time before the sensor's last one; the sample is dropped. */
  badSample: -4,
  /** sample(): a sensor was silent for too long; the window begins anew with this sample. */
  gap: -5,
} as const;

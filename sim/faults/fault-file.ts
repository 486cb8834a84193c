/**
 * What goes wrong on a wrist, as a JSON file: `escapement simulate --faults <file>`. `schemas/faults.schema.json` is generated
 * from this type. Times are seconds from the start of the run.
 */
export interface FaultFile {
  $schema?: string;
  /** Chooses the random numbers: the same seed gives the same run. */
  seed: number;
  /** Length of the run; the recording is repeated where it is shorter. */
  seconds: number;
  faults: Fault[];
}

export type Fault = Dropout | Jitter | ClockDrift | Saturation | BrownOut | RadioLoss;

/** A sensor gives nothing new for a while. */
export interface Dropout {
  kind: 'dropout';
  sensor: 'ppg' | 'accelerometer' | 'gyroscope';
  fromS: number;
  toS: number;
  /** What the host gets meanwhile: no samples, the last one again, or zeros. */
  shows: 'nothing' | 'last' | 'zero';
}

/** Samples are taken earlier and later than they should be. */
export interface Jitter {
  kind: 'jitter';
  standardDeviationMs: number;
}

/** The sensor's clock runs fast (positive) or slow. */
export interface ClockDrift {
  kind: 'clock-drift';
  partsPerMillion: number;
}

/** A channel reaches the end of its range: counts are cut off. */
export interface Saturation {
  kind: 'saturation';
  /** Name of a channel of the pipeline; absent: all. */
  channel?: string;
  fromS: number;
  toS: number;
  lowCounts: number;
  highCounts: number;
}

/** The supply fails: nothing runs, RAM is lost, the kernel starts anew. */
export interface BrownOut {
  kind: 'brown-out';
  atS: number;
  downS: number;
}

/** Messages get lost and are sent again. */
export interface RadioLoss {
  kind: 'radio-loss';
  /** Share of transmissions that fail, 0 to 1. */
  share: number;
  /** How often a message is sent again before it is given up. */
  retries: number;
  /** Length of the message that follows each decision. */
  bytes: number;
}

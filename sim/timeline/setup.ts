/** What a timeline is run from, and what it says. */
import type { Estimate } from '../../common/estimate.ts';
import type { Board, SensorName } from '../../boards/board.ts';
import type { LedgerTotals } from './ledger.ts';
import type { Schedule } from './schedule.ts';

export interface TimelineSetup {
  board: Board;
  pipelineSensors: readonly SensorName[];
  rateHz: number;
  windowSeconds: number;
  hopSeconds: number;
  cyclesPerSample: Estimate;
  /** Summed over all busy cores. */
  cyclesPerInference: Estimate;
  /** From the last sample taken in to the decision, on the wall clock. */
  inferenceMs: Estimate;
  /** Sent after each decision. */
  bytesPerDecision?: number;
  schedule: Schedule;
  /** Simulated time; the schedule repeats each day. */
  durationSeconds: number;
  /** Timestamps of a recording in seconds, never going back: drive the sensors of each segment instead of an even clock. */
  recording?: ArrayLike<number>;
  /**
   * When samples really come, in seconds of the run, and when windows are full: a host's own run takes the place of clock
   * and schedule. Segments still say when the sensors are on.
   */
  samplesAtS?: ArrayLike<number>;
  windowsAtS?: readonly number[];
  /** How often each message goes out, by its number; 1 where nothing is lost. */
  sendsOf?: (message: number) => number;
  /** The recording starts over until the segment ends; else the sensors fall silent with it. */
  recordingRepeats?: boolean;
  /** Told of everything that happens, in order of start; reads are enumerated only then. */
  observe?: (span: Span) => void;
  /** Told of the battery each simulated minute and at the end. */
  observeBattery?: (look: BatteryLook) => void;
}

export interface BatteryLook {
  seconds: number;
  /** State of charge, 0 to 1. */
  soc: number;
  volts: number;
}

export interface Span {
  /** `decision` spans from the last sample of a window to its decision. */
  track: 'sensor' | 'read' | 'inference' | 'enrolment' | 'decision' | 'radio';
  label: string;
  startNs: number;
  endNs: number;
}

export interface TimelineRun extends LedgerTotals {
  durationSeconds: number;
  averageMw: number;
  sensorMw: number;
  counts: {
    reads: number;
    decisions: number;
    enrolments: number;
    /** Windows that came while the CPU was still at the one before: no decision was made on them. */
    skipped: number;
    /** Messages sent, one a decision where the setup gives them a size. */
    messages: number;
    /** Messages with those that were sent again. */
    transmissions: number;
  };
  /** From the last sample of a window to its decision, FIFO delay and interrupting reads included; null without one. */
  latencyMs: { mean: number; max: number } | null;
  battery: {
    /** State of charge and voltage at the end. */
    soc: number;
    volts: number;
    /** When only the reserve was left; null when the charge lasted. */
    emptyAtSeconds: number | null;
  };
}

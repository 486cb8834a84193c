/**
 * What a simulation says. This type is the JSON that `escapement simulate --json` prints; its JSON Schema is
 * generated into `schemas/simulation.schema.json`.
 */
import type { WorstLatency } from './worst-case/worst-latency.ts';
import type { Estimate } from '../common/estimate.ts';
import type { SourceKind } from '../common/sourced.ts';
import type { ConstantsBothWays } from './memory/constants.ts';
import type { Why } from './budget/why.ts';
import type { FaultReport } from './faults/run-faults.ts';

export type Verdict = 'pass' | 'fail' | 'undecided';

export interface SimulationResult {
  /** Pipeline and variant, e.g. "pulse/25hz". */
  kernel: string;
  board: string;
  runtime: string;
  rateHz: number;
  /** PPG channels that the pipeline reads; the front end lights no more pulses than they need. */
  ppgChannels: number;
  /** Whether a model trained for this rate exists; without one there is a cost and no accuracy. */
  trainedForRate: boolean;
  windowSeconds: number;
  hopSeconds: number;
  core: string;
  coresUsed: number;
  clockMhz: number;
  /** From the last sample to the decision. */
  latencyMs: Estimate;
  /** The dearest ways through the kernel, whatever the data; or that it always takes the same; or why no bound is found. */
  worstCase?: WorstLatency;
  /** What the latency is made of, in the order of the path; adds up to `latencyMs`. */
  latencyParts: LatencyPart[];
  cyclesPerInference: number;
  cycles: Estimate;
  wasmOpsPerInference: number;
  macsPerInference: number;
  /** Cycles of taking in one frame of samples (filters, and the host's resampling where it must). */
  cyclesPerSample: number;
  /** Busy share of the core that has most to do; above 1 decisions fall behind. */
  utilization: Estimate;
  stages: StageCost[];
  power: {
    averageMw: Estimate;
    /** What the sensors draw with their supply: the figure that the Pulse paper's savings are about. */
    sensorMw: number;
    parts: PartPower[];
  };
  /** `capacityMwh` is nominal; `usableMwh` what a user gets of it: age and the reserve at shut-down taken off. */
  battery: { hours: Estimate; capacityMwh: number; usableMwh: Estimate };
  memory: {
    flashBytes: number;
    ramBytes: number;
    fits: boolean;
    items: MemoryItem[];
    /** What constants cost in RAM when they are copied, and when they stay in flash. */
    constants?: ConstantsBothWays;
    /** Filled when fits is false: what to change. */
    advice: string[];
  };
  accuracy: AccuracySummary | null;
  checks: BudgetCheck[];
  verdict: Verdict;
  /** Assumptions and unknowns that the figures rest on, one sentence each. */
  notes: string[];
  /** With --why: the inputs that the bands owe most to. */
  why?: Why;
  /** With --faults: the same run with faults. */
  faults?: FaultReport;
}

export interface StageCost {
  name: string;
  title: string;
  cycles: Estimate;
  wasmOps: number;
  macs: number;
  parallel?: { group: number; branch: number };
}

export interface LatencyPart {
  /** "sensor FIFO", "wake-up and scheduling", "taking samples in", "kernel", "clock ramp", "contention". */
  name: string;
  ms: number;
  low: number;
  high: number;
  kind: SourceKind;
  source: string;
}

export interface PartPower {
  name: string;
  mw: number;
  low: number;
  high: number;
  kind: SourceKind;
  source: string;
  sensor: boolean;
}

export interface MemoryItem {
  name: string;
  flashBytes: number;
  ramBytes: number;
  /** Where a figure is known as a range only. */
  flashBand?: { low: number; high: number };
  ramBand?: { low: number; high: number };
  kind: SourceKind;
  source: string;
}

export interface BudgetCheck {
  budget: 'latencyMs' | 'throughput' | 'averageMw' | 'batteryHours' | 'flashBytes' | 'ramBytes' | 'sensor';
  /** Human-readable subject, e.g. "latency", "RAM on nRF52840". */
  title: string;
  limit: number;
  /** Where the limit itself is known as a range only: memory that an assumed share of a chip leaves free. */
  limitBand?: Estimate;
  actual: Estimate;
  verdict: Verdict;
  reason: string;
  /** Of the latency: whether the limit holds in the worst case too. Undecided where there is no bound. */
  worstCase?: { verdict: Verdict; actual?: Estimate; reason: string };
}

export interface ErrorRates {
  accuracy: number;
  far: number;
  frr: number;
  eer: number;
}

export interface AccuracySummary {
  windows: number;
  agreement: number;
  float: ErrorRates;
  fixed: ErrorRates;
}

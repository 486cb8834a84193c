import type { Estimate } from '../../common/estimate.ts';
import type { KernelManifest } from '../../kernel/manifest.ts';
import type { FirmwareVectors } from './vectors.ts';
import type { BoundsChecks } from './wasm2c/access-plan.ts';

/** What a simulation promised of the code in a bundle. Figures of a model, not of a measurement: see `notes`. */
export interface Predictions {
  board: string;
  /** Runtime of the simulator that stands for the code in the bundle. */
  runtime: string;
  /** Compiled code: executed share of the memory accesses that keep a bounds check. */
  checkedShare?: number;
  /** From the last sample to the decision. */
  latencyMs: Estimate;
  /** Of one inference. */
  cycles: Estimate;
  averageMw: Estimate;
  /** Drawn from the battery at its nominal voltage, sensors and the rest of the board included. */
  averageMa: Estimate;
  chargePerDayMah: Estimate;
  /** Of the inference alone, before losses of the regulators. */
  chargePerDecisionUah: Estimate;
  batteryHours: Estimate;
  /** Code, constants and runtime. RAM needs no prediction: see `memory` of the manifest. */
  flashBytes: Estimate;
  /** Deepest call stack of an inference; null where the runtime's own C code decides it. */
  stackBytes: Estimate | null;
  notes: string[];
}

export interface BundleBoard {
  id: string;
  name: string;
  core: string;
}

export interface BundleInput {
  /** The kernel as it was simulated, byte for byte. */
  wasm: Uint8Array;
  manifest: KernelManifest;
  /** wasm3, wamr, wamr-aot or wasm2c, or an id of the simulator. */
  runtime: string;
  vectors: FirmwareVectors;
  board?: BundleBoard;
  predictions?: Predictions;
  /** wasm2c only: where constants are read. Default: flash. */
  weights?: 'flash' | 'ram';
  /** wasm2c only. Default: proved. */
  checks?: BoundsChecks;
}

export type TextFiles = Map<string, string | Uint8Array>;

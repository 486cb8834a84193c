import type { Estimate } from '../../common/estimate.ts';
import type { KernelManifest } from '../../kernel/manifest.ts';
import type { FirmwareVectors } from './vectors.ts';
import type { BoundsChecks } from './wasm2c/access-plan.ts';

/** What a simulation promised: the part of `escapement simulate --json` that a bundle repeats. */
export interface Predictions {
  board: string;
  runtime: string;
  latencyMs: Estimate;
  cyclesPerInference: number;
  cycles: Estimate;
  power: { averageMw: Estimate };
  battery: { hours: Estimate };
  memory: { flashBytes: number; ramBytes: number };
  notes?: string[];
}

export interface BundleInput {
  /** The kernel as it was simulated, byte for byte. */
  wasm: Uint8Array;
  manifest: KernelManifest;
  /** wasm3, wamr, wamr-aot or wasm2c, or an id of the simulator. */
  runtime: string;
  vectors: FirmwareVectors;
  board?: { id: string; name: string; core: string };
  predictions?: Predictions;
  /** wasm2c only: where constants are read. Default: flash. */
  weights?: 'flash' | 'ram';
  /** wasm2c only. Default: proved. */
  checks?: BoundsChecks;
}

export type TextFiles = Map<string, string | Uint8Array>;

/** What `escapement transform --json` prints. */
import type { Estimate } from '../../common/estimate.ts';
import type { SplitResult } from '../../generator/transform/sub-rnn.ts';
import type { OperatingRates } from '../../generator/verify/trials.ts';
import type { DecisionRates } from '../../generator/verify/verify.ts';

export interface TransformReport {
  model: string;
  layer: string;
  kind: SplitResult['kind'];
  branches: number;
  featuresSplit: boolean;
  segments: SplitResult['segments'];
  units: number[];
  inputs: number[];
  readout: SplitResult['readout'];
  /** ONNX file that was written. */
  file: string;
  /** Calibration windows behind the means and the readout. */
  windows?: number;
  board?: string;
  runtime?: string;
  /** Cores of the board. */
  cores?: number;
  before: TransformSide;
  after: TransformSide;
}

export interface TransformSide {
  macs: number;
  parameters: number;
  /** Constants of the kernel and its whole linear memory. */
  constantBytes?: number;
  ramBytes?: number;
  /** Of all cores together. */
  cycles?: Estimate;
  /** Last sample to decision, branches side by side where the board has cores for them. */
  latencyMs?: Estimate;
  coresUsed?: number;
  /** Float model on the test windows. */
  float?: OperatingRates;
  /** Compiled kernel on the same windows. */
  fixed?: DecisionRates;
  /** Decisions of the kernel that are those of the original float model. */
  agreement?: number;
}

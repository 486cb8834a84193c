/** The JSON of `escapement inspect --json`; its schema is generated into `schemas/inspect.schema.json`. */
import type { StageRecomputation } from '../../generator/emit/program.ts';
import type { LayerDescription } from '../../generator/graph/describe.ts';
import type { AccumulatorProof, PlanView, TableError } from '../../kernel/evidence.ts';
import type { KernelManifest } from '../../kernel/manifest.ts';
import type { StageView } from '../text/inspect-stages.ts';

export interface InspectResult {
  /** Pipeline and model, e.g. "pulse/25hz". */
  kernel: string;
  /** Ties kernel and manifest together. */
  signature: string;
  layers: InspectedLayer[];
  stages: InspectedStage[];
  /** Constants that several stages share: function tables. */
  sharedBytes: number;
  /** Multiply-accumulates from one decision to the next. */
  macsADecision: number;
  memory: KernelManifest['memory'];
  plan: PlanView;
  tableErrors: TableError[];
}

export interface InspectedLayer extends LayerDescription {
  /** Weights, scales, and tables that no other layer reads. */
  constantBytes: number;
  /** Bits of the values that it writes. */
  outputBits: number;
}

export interface InspectedStage extends StageView {
  recomputed?: StageRecomputation;
  proofs: AccumulatorProof[];
}

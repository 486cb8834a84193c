/** What a decision is: one kind, one file in this folder, one line in `registry.ts`. */
import type { ManifestDecision } from '../../kernel/manifest.ts';
import type { ModelVariant, PipelineDecision } from '../pipeline/pipeline.ts';
import type { StagePart } from './part.ts';

export type DecisionOf<K extends PipelineDecision['kind']> = Extract<PipelineDecision, { kind: K }>;

/** The model's output and the names of the fields that refusals point to. */
export interface DecisionContext {
  variant: Pick<ModelVariant, 'id' | 'threshold' | 'distance'>;
  output: { block: string; type: 'i16' | 'i32'; length: number; scale: number };
  /** Block that says which model a gate picked: i32[1]. */
  choice?: string;
  /** Time between two windows. */
  hopSeconds: number;
  /** e.g. "pulse: decision" */
  where: string;
}

export interface LoweredDecision {
  /** The stage of decide(). */
  decide: StagePart;
  /** The stage of enrol(), for decisions that learn on the wrist. */
  enrol?: StagePart;
  /** Block in which decide() leaves its score. */
  score?: string;
  /** Block that asks for the model to be trained again. */
  retrain?: string;
  /** Block that says that decisions are suspended. */
  suspended?: string;
  /** Block that the host writes a key to. */
  key?: string;
  manifest: ManifestDecision;
}

export interface DecisionDefinition<K extends PipelineDecision['kind'] = PipelineDecision['kind']> {
  kind: K;
  /** Throws a refusal by the path to the field. */
  check(
    decision: DecisionOf<K>,
    variants: readonly { where: string; variant: ModelVariant }[],
    where: string,
    hopSeconds: number,
  ): void;
  lower(decision: DecisionOf<K>, context: DecisionContext): LoweredDecision;
}

/** Test windows of a model of a pipeline and how it decides, for comparing changed models on them. */
import { cliRefusals } from '../../common/refusals/index.ts';
import type { ModelChoice } from '../choose-model.ts';
import { readSafetensorsFile } from '../data/safetensors.ts';
import type { Network } from '../graph/network.ts';
import type { LoadedPipeline } from '../pipeline/load.ts';
import { evaluationData, sizeOfModel, type EvaluationData } from './evaluation-data.ts';
import { outputsOf } from './shares.ts';
import type { TrialDecision } from './trials.ts';

export interface TrialSource {
  data: EvaluationData;
  decision: TrialDecision;
}

/** Throws ESC604 without test windows, ESC605 for a re-timed model; undefined for decisions that only kernels make (templates). */
export function trialSource(
  { pipeline, resolve }: LoadedPipeline,
  { model, rateHz, trainedForRate }: ModelChoice,
  network: Network,
): TrialSource | undefined {
  if (!trainedForRate) throw cliRefusals.notTrainedForRate(model.id, model.rateHz, rateHz);
  if (!model.evaluation) throw cliRefusals.noEvaluation(pipeline.name, model.id);
  const { decision } = pipeline;
  if (decision.kind === 'template') return undefined;
  const file = resolve(model.evaluation.file);
  const data = evaluationData(readSafetensorsFile(file), { ...model.evaluation, file }, sizeOfModel(network));
  if (decision.kind === 'argmax') return { data, decision: { kind: 'argmax', outputs: outputsOf(network) } };
  if (decision.kind === 'score')
    return { data, decision: { kind: 'score', thresholds: decision.thresholds } };
  const threshold = model.threshold ?? decision.threshold;
  return { data, decision: { kind: 'mvn', threshold, epsilon: decision.epsilon } };
}

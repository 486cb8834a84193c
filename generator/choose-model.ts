import { cliRefusals } from '../common/refusals/index.ts';
import type { ModelVariant, Pipeline } from './pipeline/pipeline.ts';

/** A model of a pipeline at a sampling rate. */
export interface ModelChoice {
  model: ModelVariant;
  family: string;
  rateHz: number;
  /** False: the model is re-timed, so it has a cost and no accuracy. */
  trainedForRate: boolean;
}

export const familyOf = (model: ModelVariant): string => model.family ?? model.id;

/** Families in the order of the pipeline file. */
export const families = (pipeline: Pipeline): string[] => [...new Set(pipeline.models.map(familyOf))];

/**
 * Picks the model for a rate: by id or family (default: the pipeline's first family), preferring the one that was
 * trained for the rate, else the one trained for the nearest rate, to be re-timed. Throws ESC601.
 */
export function chooseModel(pipeline: Pipeline, wanted: { model?: string; rateHz?: number }): ModelChoice {
  const name = wanted.model ?? families(pipeline)[0];
  const byId = pipeline.models.filter((m) => m.id === name);
  const candidates = byId.length > 0 ? byId : pipeline.models.filter((m) => familyOf(m) === name);
  if (candidates.length === 0)
    throw cliRefusals.unknownModel(name, [
      ...new Set([...families(pipeline), ...pipeline.models.map((m) => m.id)]),
    ]);
  const rateHz = wanted.rateHz ?? defaultRate(candidates);
  const distance = (m: ModelVariant) => Math.abs(Math.log(m.rateHz / rateHz));
  const model = candidates.reduce((best, m) => (distance(m) < distance(best) ? m : best));
  return { model, family: familyOf(model), rateHz, trainedForRate: model.rateHz === rateHz };
}

/** 25 Hz where a model exists for it (the rate that the Pulse paper argues for), else the first model's rate. */
const defaultRate = (models: readonly ModelVariant[]): number =>
  models.find((m) => m.rateHz === 25)?.rateHz ?? models[0].rateHz;

/** "pulse/25hz", or "pulse/25hz@512hz" for a re-timed model. */
export const kernelName = (pipeline: Pipeline, { model, rateHz, trainedForRate }: ModelChoice): string =>
  `${pipeline.name}/${model.id}${trainedForRate ? '' : `@${rateHz}hz`}`;

/** Every preprocessing step and every decision: a new one is one file and one line here. */
import { featuresStep } from '../features/features-step.ts';
import { minmaxStep } from '../features/minmax-step.ts';
import type { PipelineDecision, PreprocessStep } from '../pipeline/pipeline.ts';
import { argmax } from './argmax.ts';
import { bandpass } from './bandpass.ts';
import { biquad } from './biquad.ts';
import type { DecisionDefinition } from './decision.ts';
import { lowpass } from './lowpass.ts';
import { magnitude } from './magnitude.ts';
import { movingAverage } from './moving-average.ts';
import { mvn } from './mvn.ts';
import { scale } from './scale.ts';
import { quality } from './quality.ts';
import { score } from './score.ts';
import type { StepDefinition } from './step.ts';
import { template } from './template.ts';
import { zscore } from './zscore.ts';

const steps = {
  bandpass,
  biquad,
  lowpass,
  quality,
  magnitude,
  movingAverage,
  zscore,
  scale,
  features: featuresStep,
  minmax: minmaxStep,
} satisfies {
  [K in PreprocessStep['step']]: StepDefinition<K>;
};

const decisions = { argmax, mvn, score, template } satisfies {
  [K in PipelineDecision['kind']]: DecisionDefinition<K>;
};

/** The definition of a step; its methods take that step. */
export const definitionOf = (step: PreprocessStep): StepDefinition =>
  steps[step.step] as unknown as StepDefinition;

export const decisionOf = (decision: PipelineDecision): DecisionDefinition =>
  decisions[decision.kind] as unknown as DecisionDefinition;

/** Compares the decisions of a fixed-point kernel with those of the float model on the same labelled windows. */
import type { EvaluationData, IdentificationData, OwnerData, VerificationData } from './evaluation-data.ts';
import {
  argmax,
  equalError,
  identificationEqualError,
  identificationRates,
  logSoftmax,
  verificationRates,
} from './metrics.ts';
import { enrolMvn, mvnDistance } from './mvn.ts';

/** Error rates as shares of 1; `metrics.ts` defines them. */
export interface DecisionRates {
  accuracy: number;
  far: number;
  frr: number;
  eer: number;
}

export interface VerifyResult {
  kind: 'identification' | 'verification';
  /** Test windows. */
  windows: number;
  /** Decisions compared: one a window, or for verification one a window and enrolled user. */
  trials: number;
  /** Share of the trials in which float and fixed decide the same. */
  agreement: number;
  float: DecisionRates;
  fixed: DecisionRates;
}

/**
 * What `escapement verify --json` prints of one variant; its JSON Schema is generated into
 * `schemas/verify.schema.json`.
 */
export interface VerifyReport extends VerifyResult {
  /** Pipeline and variant, e.g. "pulse/25hz". */
  kernel: string;
  rateHz: number;
  /** Whether the agreement reaches the floor that was asked for. */
  parity: boolean;
}

/** The fixed side of an identification: model inputs in, dequantized model outputs (logits or probabilities) out. */
export type RunModel = (window: Float64Array) => Float64Array;

/**
 * The fixed side of a verification: the whole decision runs in the kernel. A test window comes back once an enrolled
 * user, as the same Float64Array: a host may keep its model output by identity and run only the decision again.
 */
export interface FixedVerifier {
  /** Forgets the template. */
  reset(): void;
  /** Adds a window to the template. */
  enrol(window: Float64Array): void;
  /** Judges a window against the template; the distance is in real units. */
  decide(window: Float64Array): { accepted: boolean; distance: number };
}

/** Threshold and epsilon of the float decision (those of the pipeline or of its variant). */
export interface MvnDecision {
  threshold: number;
  epsilon: number;
}

/** A float decision by the distance from what was enrolled. */
export interface DistanceDecision {
  threshold: number;
  /** Float model outputs of the enrolled windows -> distance of another window's output. */
  enrolled: (outputs: readonly Float64Array[]) => (output: Float64Array) => number;
}

const distanceDecision = (decision: MvnDecision | DistanceDecision): DistanceDecision =>
  'enrolled' in decision
    ? decision
    : {
        threshold: decision.threshold,
        enrolled: (outputs) => {
          const template = enrolMvn(outputs, decision.epsilon);
          return (output) => mvnDistance(output, template);
        },
      };

/**
 * Closed-set identification: the decision is the argmax, FAR and FRR are one class against the rest, the EER pools
 * all scores. `outputs` says what the model's outputs are: `logits` pass a log-softmax before the EER,
 * `probabilities` (a model that ends in softmax) are scores as they are.
 */
export function compareIdentification(
  { windows, labels, floatOutputs }: Omit<IdentificationData, 'kind'>,
  runModel: RunModel,
  outputs: 'logits' | 'probabilities' = 'logits',
): VerifyResult {
  const fixedOutputs = windows.map((window) => finiteOutput(runModel(window)));
  const rates = (rows: readonly Float64Array[]): DecisionRates => {
    const { accuracy, far, frr } = identificationRates(rows.map(argmax), labels, floatOutputs[0].length);
    const scores = outputs === 'logits' ? rows.map(logSoftmax) : rows;
    return { accuracy, far, frr, eer: identificationEqualError(scores, labels).eer };
  };
  const same = floatOutputs.filter((row, i) => argmax(row) === argmax(fixedOutputs[i])).length;
  return {
    kind: 'identification',
    windows: windows.length,
    trials: windows.length,
    agreement: same / windows.length,
    float: rates(floatOutputs),
    fixed: rates(fixedOutputs),
  };
}

/**
 * Verification: every enrolled user's template meets every test window. Genuine trials are a user's own windows, all
 * others are impostor trials. accuracy, far and frr are those of the accept/reject answers at the threshold; the EER
 * sweeps the threshold over the distances.
 */
export function compareVerification(
  { enrol, test }: Omit<VerificationData, 'kind'>,
  fixed: FixedVerifier,
  decision: MvnDecision | DistanceDecision,
): VerifyResult {
  const { threshold, enrolled } = distanceDecision(decision);
  const floatTrials: Trial[] = [];
  const fixedTrials: Trial[] = [];
  for (const user of [...new Set(enrol.users)].sort((a, b) => a - b)) {
    const own = [...enrol.users.keys()].filter((i) => enrol.users[i] === user);
    const distanceOf = enrolled(own.map((i) => enrol.floatOutputs[i]));
    fixed.reset();
    for (const i of own) fixed.enrol(enrol.windows[i]);
    test.windows.forEach((window, i) => {
      const genuine = test.users[i] === user;
      const distance = distanceOf(test.floatOutputs[i]);
      floatTrials.push({ genuine, accepted: distance <= threshold, distance });
      fixedTrials.push({ genuine, ...fixed.decide(window) });
    });
  }
  const same = floatTrials.filter((trial, i) => trial.accepted === fixedTrials[i].accepted).length;
  return {
    kind: 'verification',
    windows: test.windows.length,
    trials: floatTrials.length,
    agreement: same / floatTrials.length,
    float: trialRates(floatTrials),
    fixed: trialRates(fixedTrials),
  };
}

/** The fixed side of an owner's score: the whole decision runs in the kernel; confidence is score minus threshold. */
export type JudgeWindow = (window: Float64Array) => { accepted: boolean; confidence: number };

/** One model of one owner: accepted where the score reaches the threshold of its context. */
export function compareOwner(
  { windows, genuine, scores, contexts }: Omit<OwnerData, 'kind'>,
  judge: JudgeWindow,
  thresholds: readonly number[],
): VerifyResult {
  const trial = (i: number, accepted: boolean, confidence: number): Trial => ({
    genuine: genuine[i]!,
    accepted,
    distance: -confidence,
  });
  const float = windows.map((_, i) => {
    const confidence = scores[i]! - thresholds[contexts[i]!]!;
    return trial(i, confidence >= 0, confidence);
  });
  const fixed = windows.map((window, i) => {
    const { accepted, confidence } = judge(window);
    return trial(i, accepted, confidence);
  });
  const same = float.filter(({ accepted }, i) => accepted === fixed[i]!.accepted).length;
  return {
    kind: 'verification',
    windows: windows.length,
    trials: windows.length,
    agreement: same / windows.length,
    float: trialRates(float),
    fixed: trialRates(fixed),
  };
}

/** The fixed side of either kind; the host of the kernel provides what the evaluation data asks for. */
export interface FixedSide {
  runModel?: RunModel;
  /** What the model's outputs are (default logits). */
  outputs?: 'logits' | 'probabilities';
  verifier?: FixedVerifier;
  judge?: JudgeWindow;
  /** Of the judge, one a context. */
  thresholds?: readonly number[];
}

/** Compares by the kind of the data. Throws when the fixed side lacks what the kind needs: a fault of the caller. */
export function compareDecisions(
  data: EvaluationData,
  fixed: FixedSide,
  decision?: MvnDecision | DistanceDecision,
): VerifyResult {
  if (data.kind === 'identification') {
    if (!fixed.runModel) throw new Error('identification needs runModel');
    return compareIdentification(data, fixed.runModel, fixed.outputs);
  }
  if (data.kind === 'owner') {
    if (!fixed.judge || !fixed.thresholds) throw new Error('an owner needs a judge and thresholds');
    return compareOwner(data, fixed.judge, fixed.thresholds);
  }
  if (!fixed.verifier || !decision) throw new Error('verification needs a verifier and a decision');
  return compareVerification(data, fixed.verifier, decision);
}

interface Trial {
  genuine: boolean;
  accepted: boolean;
  distance: number;
}

function trialRates(trials: readonly Trial[]): DecisionRates {
  const scores = (genuine: boolean) => trials.filter((t) => t.genuine === genuine).map((t) => -t.distance);
  return { ...verificationRates(trials), eer: equalError(scores(true), scores(false)).eer };
}

function finiteOutput(output: Float64Array): Float64Array {
  if (!output.every(Number.isFinite)) throw new Error(`the kernel gave ${output.join(', ')}`);
  return output;
}

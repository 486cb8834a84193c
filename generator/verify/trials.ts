/**
 * Decisions over labelled windows from model outputs alone, in float64: what a change to a model does to its error rates, at the
 * threshold that the pipeline has and at the one that would be chosen anew. `verify.ts` compares kernels; here outputs may come from
 * anywhere (a float network, weights of other widths).
 */
import type { EvaluationData } from './evaluation-data.ts';
import {
  argmax,
  equalError,
  identificationEqualError,
  identificationRates,
  logSoftmax,
  verificationRates,
} from './metrics.ts';
import { enrolMvn, mvnDistance } from './mvn.ts';
import type { DecisionRates } from './verify.ts';

export interface OperatingRates extends DecisionRates {
  trials: number;
  /** Where FAR and FRR meet on these trials: chosen after the fact. */
  refit: { threshold: number; far: number; frr: number };
}

/** What is needed to decide. */
export type TrialDecision =
  | { kind: 'argmax'; outputs: 'logits' | 'probabilities' }
  | { kind: 'mvn'; threshold: number; epsilon: number }
  | { kind: 'score'; thresholds: readonly number[] };

export type OutputOf = (window: Float64Array) => ArrayLike<number>;

/** Rates of the decisions made on outputs. Thresholds of distances are upper ends, those of scores lower ends. */
export function operatingRates(
  data: EvaluationData,
  outputOf: OutputOf,
  decision: TrialDecision,
): OperatingRates {
  if (data.kind === 'identification') {
    const rows = data.windows.map((window) => Float64Array.from(outputOf(window)));
    const shares = decision.kind === 'argmax' && decision.outputs === 'probabilities';
    const found = identificationEqualError(shares ? rows : rows.map(logSoftmax), data.labels);
    const { accuracy, far, frr } = identificationRates(rows.map(argmax), data.labels, rows[0]!.length);
    return { trials: rows.length, accuracy, far, frr, eer: found.eer, refit: found };
  }
  if (data.kind === 'owner') {
    if (decision.kind !== 'score') throw new Error('an owner is judged by a score');
    const trials = data.windows.map((window, i) => ({
      genuine: data.genuine[i]!,
      distance: decision.thresholds[data.contexts[i]!]! - outputOf(window)[0]!,
    }));
    return ratesOf(trials, 0);
  }
  if (decision.kind !== 'mvn') throw new Error('verification needs an MVN decision');
  const { enrol, test } = data;
  const enrolled = enrol.windows.map((window) => Float64Array.from(outputOf(window)));
  const tested = test.windows.map((window) => Float64Array.from(outputOf(window)));
  const trials = [...new Set(enrol.users)]
    .sort((a, b) => a - b)
    .flatMap((user) => {
      const template = enrolMvn(
        enrolled.filter((_, i) => enrol.users[i] === user),
        decision.epsilon,
      );
      return tested.map((output, i) => ({
        genuine: test.users[i] === user,
        distance: mvnDistance(output, template),
      }));
    });
  return ratesOf(trials, decision.threshold);
}

function ratesOf(
  trials: readonly { genuine: boolean; distance: number }[],
  threshold: number,
): OperatingRates {
  const scores = (genuine: boolean) => trials.filter((t) => t.genuine === genuine).map((t) => -t.distance);
  const found = equalError(scores(true), scores(false));
  const decided = trials.map((t) => ({ genuine: t.genuine, accepted: t.distance <= threshold }));
  return {
    trials: trials.length,
    ...verificationRates(decided),
    eer: found.eer,
    refit: { threshold: -found.threshold, far: found.far, frr: found.frr },
  };
}

/**
 * Two halves of the windows, person by person and by turns in the order of the file: one to choose on, one to report on. Enrolment
 * windows serve both.
 */
export function halves(data: EvaluationData): [choose: EvaluationData, report: EvaluationData] {
  const people =
    data.kind === 'identification' ? data.labels : data.kind === 'owner' ? data.genuine : data.test.users;
  const seen = new Map<number | boolean, number>();
  const turn = Array.from(people as ArrayLike<number | boolean>, (person) => {
    const before = seen.get(person) ?? 0;
    seen.set(person, before + 1);
    return before % 2;
  });
  const half = (which: number): EvaluationData => {
    const keep = <T>(items: readonly T[]): T[] => items.filter((_, i) => turn[i] === which);
    const numbers = (items: Float64Array): Float64Array => items.filter((_, i) => turn[i] === which);
    if (data.kind === 'verification') {
      const { windows, users, floatOutputs } = data.test;
      return {
        ...data,
        test: { windows: keep(windows), users: numbers(users), floatOutputs: keep(floatOutputs) },
      };
    }
    if (data.kind === 'owner')
      return {
        ...data,
        windows: keep(data.windows),
        genuine: keep(data.genuine),
        scores: numbers(data.scores),
        contexts: numbers(data.contexts),
      };
    return {
      ...data,
      windows: keep(data.windows),
      labels: numbers(data.labels),
      floatOutputs: keep(data.floatOutputs),
    };
  };
  return [half(0), half(1)];
}

/**
 * The float figures of models trained elsewhere, reproduced from their outputs: this is what fixes the definitions in
 * metrics.ts and mvn.ts.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sharedOrSkip } from '../../test/data/shared.ts';
import { readSafetensorsFile, requireTensor, type SafeTensor } from '../data/safetensors.ts';
import {
  argmax,
  equalError,
  groupScores,
  identificationEqualError,
  identificationRates,
  logSoftmax,
} from './metrics.ts';
import { enrolMvn, mvnDistance } from './mvn.ts';

function load(folder: string) {
  const path = `${folder}/windows.safetensors`;
  const tensors = readSafetensorsFile(path);
  const meta = JSON.parse(readFileSync(`${folder}/meta.json`, 'utf8')) as {
    float_metrics: Record<string, number>;
  };
  return { metrics: meta.float_metrics, tensor: (name: string) => requireTensor(tensors, name, path) };
}

function rows({ shape, data }: SafeTensor): Float64Array[] {
  const length = data.length / shape[0];
  return Array.from({ length: shape[0] }, (_, i) => data.subarray(i * length, (i + 1) * length));
}

describe('identification', () => {
  const models = ['20hz', '25hz', '64hz'].map((rate) => `pulse-wrist/${rate}`);
  models.push(...['20hz', '25hz', '50hz', '100hz'].map((rate) => `pulse/${rate}`));
  for (const model of models)
    it(`reproduces the figures of ${model}`, (context) => {
      const { metrics, tensor } = load(sharedOrSkip(context, `models/${model}`));
      const logits = rows(tensor('logits'));
      const labels = tensor('y').data;
      const rates = identificationRates(logits.map(argmax), labels, logits[0].length);
      expect(rates.accuracy).toBeCloseTo(metrics.accuracy, 9);
      expect(rates.macroF1).toBeCloseTo(metrics.macro_f1, 9);
      expect(rates.far).toBeCloseTo(metrics.far, 9);
      expect(rates.frr).toBeCloseTo(metrics.frr, 9);
      const scores = logits.map(logSoftmax);
      expect(identificationEqualError(scores, labels).eer).toBeCloseTo(metrics.eer, 9);
      if (metrics.eer_10_windows === undefined) return;
      const tens = groupScores(scores, labels, 10);
      expect(identificationEqualError(tens.scores, tens.labels).eer).toBeCloseTo(metrics.eer_10_windows, 9);
    });
});

describe('verification', () => {
  for (const model of ['rnn64', 'rnn128', 'sub128'])
    it(`reproduces the figures of deepauth/${model}`, (context) => {
      const { metrics, tensor } = load(sharedOrSkip(context, `models/deepauth/${model}`));
      const enrol = { users: tensor('user_enrol').data, floatOutputs: rows(tensor('feature_enrol')) };
      const test = { users: tensor('user_test').data, floatOutputs: rows(tensor('feature_test')) };
      const trials: { genuine: boolean; distance: number }[] = [];
      for (const user of new Set(enrol.users)) {
        const template = enrolMvn(
          enrol.floatOutputs.filter((_, i) => enrol.users[i] === user),
          1e-6,
        );
        test.floatOutputs.forEach((feature, i) =>
          trials.push({ genuine: test.users[i] === user, distance: mvnDistance(feature, template) }),
        );
      }
      const scores = (genuine: boolean) =>
        trials.filter((t) => t.genuine === genuine).map((t) => -t.distance);
      expect(scores(true).length).toBe(metrics.genuine);
      expect(scores(false).length).toBe(metrics.impostor);
      const { eer, threshold } = equalError(scores(true), scores(false));
      expect(eer).toBeCloseTo(metrics.eer, 9);
      // The published threshold was computed in float32.
      expect(Math.abs(-threshold - metrics.threshold_distance)).toBeLessThan(1e-5);
    });
});

/** examples/typing102: raw samples with their timestamps in, decision out, in one module. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { buildKernel, type BuiltKernel } from '../../generator/build-kernel.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { readRecording } from '../../generator/data/recording.ts';
import { loadPipeline } from '../../generator/pipeline/load.ts';
import { argmax, identificationEqualError, logSoftmax } from '../../generator/verify/metrics.ts';
import { verifyKernel } from '../../generator/verify/verify-kernel.ts';
import { sharedOrSkip } from '../data/shared.ts';
import { rowsOf, windowsOf, type Reading, type Window } from './kernel-run.ts';
import { executionsOf, from, startOf, USERS, type Sample } from './watch-and-phone.ts';

const folder = fileURLToPath(new URL('../../examples/typing102/', import.meta.url));
const loaded = loadPipeline(join(folder, 'pipeline.json'));
/** Tables are padded to align: single spaces here. */
const readme = readFileSync(join(folder, 'README.md'), 'utf8').replace(/ +/g, ' ');
const { channels, preprocess } = loaded.pipeline;
const kinds = preprocess
  .flatMap((step) => (step.step === 'features' ? step.features : []))
  .map((f) => f.kind);
const models = ['mlp', 'forest', 'knn'] as const;
const kernels = new Map<string, BuiltKernel>();
beforeAll(async () => {
  for (const model of models) {
    const choice = chooseModel(loaded.pipeline, { model, rateHz: 100 });
    kernels.set(model, await buildKernel(loaded, choice, { generator: 'test' }));
  }
});

/** Accelerometer and gyroscope of the watch, one sample each. */
const readingsOf = (samples: readonly Sample[]): Reading[] =>
  samples.flatMap(({ timeMs, values }) =>
    [0, 1].map((sensor) => ({
      timeMs,
      sensor,
      channel: sensor * 3,
      values: values.slice(sensor * 3, sensor * 3 + 3),
    })),
  );

describe('typing102', () => {
  it.each(models)('decides on the features of the test windows as scikit-learn does: %s', (model) => {
    const result = verifyKernel(loaded, kernels.get(model)!);
    expect(result.windows).toBe(94);
    expect(result.agreement).toBeGreaterThanOrEqual(0.99);
    expect(Math.abs(result.fixed.eer - result.float.eer)).toBeLessThanOrEqual(0.005);
    const { float, fixed, agreement } = result;
    const row = [float.accuracy, fixed.accuracy, float.eer, fixed.eer].map((x) => (100 * x).toFixed(2));
    expect(readme).toContain(`| ${model} | ${row.join(' | ')} | ${100 * agreement} |`);
    // meta.json of the models; numpy for the neighbours
    expect(result.float.accuracy).toBeCloseTo({ mlp: 0.9787, forest: 0.9043, knn: 0.9362 }[model], 4);
  });

  it('names the person of each shipped recording', () => {
    for (const { file, subject } of loaded.pipeline.recordings!) {
      const recording = readRecording(
        loaded.resolve(file),
        channels.map((c) => c.name),
      );
      const columns = channels.map((c) => recording.columns.get(c.name)!);
      const samples = Array.from(recording.timesS, (timeS, i) => ({
        timeMs: timeS * 1000,
        values: columns.map((column) => column[i]),
      }));
      const decisions = windowsOf(kernels.get('mlp')!, readingsOf(samples)).map((w) => w.decision);
      expect(decisions.length, file).toBeGreaterThanOrEqual(1);
      expect(decisions, file).toEqual(decisions.map(() => Number(subject.slice(1)) - 1));
    }
  });

  describe('on all raw recordings', () => {
    /** Windows of a model, in the order of the reference rows. */
    function everyWindow(context: TestContext, model: string) {
      const reference = sharedOrSkip(context, 'models/typing102/features.safetensors');
      const recordings = sharedOrSkip(context, 'data/sp_sw_har');
      const [users, executions] = ['user', 'execution'].map((name) =>
        rowsOf(reference, name).map(([v]) => v),
      );
      const windows: Window[] = [];
      for (let user = 1; user <= USERS; user++)
        for (const execution of executionsOf(recordings, user)) {
          const made = windowsOf(kernels.get(model)!, readingsOf(from(execution.watch, startOf(execution))));
          const rows = users.filter((u, i) => u === user && executions[i] === execution.execution).length;
          expect(made.length, `windows of ${user}, execution ${execution.execution}`).toBe(rows);
          windows.push(...made);
        }
      return { windows, users, reference };
    }

    it('computes the 102 features of all 318 windows', (context) => {
      const { windows, reference } = everyWindow(context, 'mlp');
      const expected = rowsOf(reference, 'x_raw');
      const [[...low], [...high]] = [rowsOf(reference, 'feature_min'), rowsOf(reference, 'feature_max')].map(
        (rows) => rows.map(([v]) => v),
      );
      // Features that jump where two maxima are level, or a sample lies on the edge of a bin.
      const jumps = new Map<string, number>();
      windows.forEach(({ features }, w) =>
        features.forEach((x, i) => {
          const kind = kinds[i % kinds.length];
          const error = Math.abs(x - expected[w][i]) / (high[i] - low[i]);
          if (!['peakDifference', 'mode', 'entropy'].includes(kind))
            expect(error, `${kind}, window ${w}`).toBeLessThan(1e-4);
          else if (error > 1e-3) jumps.set(kind, (jumps.get(kind) ?? 0) + 1);
        }),
      );
      expect(windows.length).toBe(318);
      // Of 318 windows times 6 columns.
      expect(jumps.get('peakDifference') ?? 0).toBeLessThanOrEqual(38);
      expect(jumps.get('mode') ?? 0).toBeLessThanOrEqual(4);
      expect(jumps.get('entropy') ?? 0).toBeLessThanOrEqual(10);
    });

    for (const model of ['mlp', 'forest'] as const)
      it(`decides as the float pipeline does: ${model}`, (context) => {
        const { windows, users, reference } = everyWindow(context, model);
        const float = rowsOf(reference, `${model}_probabilities`);
        const same = windows.filter((w, i) => w.decision === argmax(float[i])).length;
        expect(same / windows.length).toBeGreaterThanOrEqual(0.99);
        const labels = Float64Array.from(users, (user) => user - 1);
        const scores = windows.map(({ output }) => (model === 'mlp' ? logSoftmax(output) : output));
        const floatScores = model === 'mlp' ? float.map((row) => row.map(Math.log)) : float;
        const [fixedEer, floatEer] = [scores, floatScores].map(
          (rows) => identificationEqualError(rows, labels).eer,
        );
        expect(Math.abs(fixedEer - floatEer)).toBeLessThanOrEqual(0.005);
      });
  });
});

/** examples/smarteryou: raw samples of two devices with their timestamps in, decision out, in one module. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildKernel, loadNetwork, type BuiltKernel } from '../../generator/build-kernel.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { evaluateNetwork } from '../../generator/layers/evaluate-network.ts';
import { loadPipeline } from '../../generator/pipeline/load.ts';
import { equalError } from '../../generator/verify/metrics.ts';
import { verifyKernel } from '../../generator/verify/verify-kernel.ts';
import { sharedOrSkip } from '../data/shared.ts';
import { rowsOf, windowsOf, type Reading } from './kernel-run.ts';
import { executionsOf, USERS, type Execution } from './watch-and-phone.ts';

const folder = fileURLToPath(new URL('../../examples/smarteryou/', import.meta.url));
const loaded = loadPipeline(join(folder, 'pipeline.json'));
/** Tables are padded to align: single spaces here. */
const readme = readFileSync(join(folder, 'README.md'), 'utf8').replace(/ +/g, ' ');
const choice = chooseModel(loaded.pipeline, { rateHz: 50 });
const kinds = loaded.pipeline.preprocess.flatMap((step) =>
  step.step === 'features' ? step.features.map((f) => `${f.kind}${'rank' in f ? f.rank : ''}`) : [],
);
let built: BuiltKernel;
beforeAll(async () => {
  built = await buildKernel(loaded, choice, { generator: 'test' });
});

/** Both devices in the order of time; a device's accelerometer comes before its gyroscope. */
const readingsOf = ({ phone, watch }: Execution): Reading[] =>
  [phone, watch]
    .flatMap((samples, device) =>
      samples.flatMap(({ timeMs, values }) =>
        [0, 1].map((part) => ({
          timeMs,
          sensor: 2 * device + part,
          channel: 6 * device + 3 * part,
          values: values.slice(3 * part, 3 * part + 3),
        })),
      ),
    )
    .sort((a, b) => a.timeMs - b.timeMs);

const percent = (share: number) => (100 * share).toFixed(2);

describe('smarteryou', () => {
  it('decides on the features of the test windows as the float models do', () => {
    const { windows, agreement, float, fixed } = verifyKernel(loaded, built);
    expect(windows).toBeGreaterThan(800);
    expect(agreement).toBeGreaterThanOrEqual(0.99);
    expect(Math.abs(fixed.eer - float.eer)).toBeLessThanOrEqual(0.005);
    for (const [name, rates] of Object.entries({ float, fixed }))
      expect(readme).toContain(
        `| ${name} | ${[rates.accuracy, rates.far, rates.frr, rates.eer].map(percent).join(' | ')} |`,
      );
    expect(readme).toContain(`${windows} test windows`);
  });

  it('computes the 28 features of all windows of all raw recordings, and finds their context and owner', async (context) => {
    const reference = sharedOrSkip(context, 'models/smarteryou/features.safetensors');
    const recordings = sharedOrSkip(context, 'data/sp_sw_har');
    const expected = rowsOf(reference, 'x');
    const [users, executions] = ['user', 'execution'].map((name) => rowsOf(reference, name).map(([v]) => v));
    const probabilities = rowsOf(reference, 'context_probabilities');
    const network = await loadNetwork(loaded, choice);
    const ranges = expected[0].map((_, f) => {
      const values = expected.map((row) => row[f]).sort((a, b) => a - b);
      return values[Math.floor(values.length * 0.99)] - values[0];
    });
    const counts = { windows: 0, contexts: 0, decisions: 0, frequencies: 0 };
    /** Seconds until somebody else is rejected for the first time. */
    const lockedS: number[] = [];
    const scores = { float: [[], []] as number[][], fixed: [[], []] as number[][] };
    for (let user = 1; user <= USERS; user++)
      for (const execution of executionsOf(recordings, user)) {
        const windows = windowsOf(built, readingsOf(execution));
        const rejected = windows.findIndex(({ decision }) => decision === 0);
        if (user !== 1) lockedS.push(rejected < 0 ? Infinity : 3 + 0.5 * rejected);
        const rows = users.flatMap((u, i) =>
          u === user && executions[i] === execution.execution ? [i] : [],
        );
        // The grid of the reference ends a sample before the shorter recording does, at the latest.
        expect(
          rows.length - windows.length,
          `windows of ${user}, execution ${execution.execution}`,
        ).toBeLessThanOrEqual(1);
        windows.slice(0, rows.length).forEach(({ features, choice: found, decision, score }, w) => {
          const row = rows[w];
          counts.windows++;
          features.forEach((x, f) => {
            const kind = kinds[f % kinds.length];
            const error = Math.abs(x - expected[row][f]) / ranges[f];
            if (kind === 'spectralPeakFrequency1') counts.frequencies += error > 1e-3 ? 1 : 0;
            else expect(error, `${kind}, window ${row}`).toBeLessThan(1e-3);
          });
          const float = evaluateNetwork(network, expected[row]);
          const floatContext = probabilities[row][1] > probabilities[row][0] ? 1 : 0;
          const { thresholds } = loaded.pipeline.decision as { thresholds: number[] };
          const floatConfidence = float[network.output][0] - thresholds[floatContext];
          if (found === floatContext) counts.contexts++;
          if ((decision === 1) === floatConfidence >= 0) counts.decisions++;
          const side = user === 1 ? 0 : 1;
          scores.float[side].push(floatConfidence);
          scores.fixed[side].push(score);
        });
      }
    // The paper locks out 90 % within 6 s and all by 18 s.
    expect(lockedS.filter((s) => s <= 6).length / lockedS.length).toBeGreaterThanOrEqual(0.9);
    expect(Math.max(...lockedS)).toBeLessThanOrEqual(18);
    expect(counts.windows).toBeGreaterThanOrEqual(2600);
    // Where two lines are as good as equal, either is the largest.
    expect(counts.frequencies / (4 * counts.windows)).toBeLessThan(0.001);
    expect(counts.contexts / counts.windows).toBeGreaterThanOrEqual(0.99);
    expect(counts.decisions / counts.windows).toBeGreaterThanOrEqual(0.99);
    const [float, fixed] = [scores.float, scores.fixed].map(([own, others]) => equalError(own, others).eer);
    expect(Math.abs(fixed - float)).toBeLessThanOrEqual(0.005);
  });
});

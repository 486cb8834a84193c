/** examples/waca: raw samples with their timestamps in, distance to the owner's windows out, in one module. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { status } from '../../kernel/manifest.ts';
import { KernelInstance } from '../../kernel/instance.ts';
import { buildKernel, type BuiltKernel } from '../../generator/build-kernel.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { readRecording } from '../../generator/data/recording.ts';
import { hammingShare, projections, protect } from '../../generator/features/protect.ts';
import { loadPipeline } from '../../generator/pipeline/load.ts';
import type { DecisionOf } from '../../generator/stages/decision.ts';
import { templateMatcher, type FloatTemplateOptions } from '../../generator/stages/template-float.ts';
import { equalError } from '../../generator/verify/metrics.ts';
import { verifyKernel } from '../../generator/verify/verify-kernel.ts';
import { cutWaca } from '../../scripts/cut-waca.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { sharedOrSkip } from '../data/shared.ts';
import { rowsOf, windowsOf, type Reading } from './kernel-run.ts';
import { executionsOf, type Sample } from './watch-and-phone.ts';

const folder = fileURLToPath(new URL('../../examples/waca/', import.meta.url));
const loaded = loadPipeline(join(folder, 'pipeline.json'));
/** Tables are padded to align: single spaces here. */
const readme = readFileSync(join(folder, 'README.md'), 'utf8').replace(/ +/g, ' ');
const decision = loaded.pipeline.decision as DecisionOf<'template'>;
const { channels } = loaded.pipeline;
const kinds = loaded.pipeline.preprocess.flatMap((step) =>
  step.step === 'features' ? step.features.map((f) => f.kind) : [],
);
const variants = ['euclidean', 'cosine', 'correlation', 'manhattan', 'minkowski5', 'protected'] as const;
const file = join(folder, 'windows.safetensors');
const labelled = (part: 'enrol' | 'test') => {
  const users = rowsOf(file, `user_${part}`);
  return rowsOf(file, `x_${part}`).map((x, i) => ({ x, user: users[i]![0]! }));
};
const [enrolled, tested] = [labelled('enrol'), labelled('test')];
const people = [...new Set(enrolled.map(({ user }) => user))];
const percent = (share: number) => (100 * share).toFixed(2);

const build = (model: string): Promise<BuiltKernel> =>
  buildKernel(loaded, chooseModel(loaded.pipeline, { model, rateHz: 100 }), { generator: 'test' });

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

function shippedReadings(name: string): Reading[] {
  const recording = readRecording(
    loaded.resolve(`recordings/${name}.csv`),
    channels.map((c) => c.name),
  );
  const columns = channels.map((c) => recording.columns.get(c.name)!);
  return readingsOf(
    Array.from(recording.timesS, (timeS, i) => ({ timeMs: timeS * 1000, values: columns.map((c) => c[i]!) })),
  );
}

/** Equal error rate over all people 9 to 16 in float. */
function equalErrorOf(options: FloatTemplateOptions): number {
  const scores: [number[], number[]] = [[], []];
  for (const person of people) {
    const matcher = templateMatcher(
      enrolled.filter(({ user }) => user === person).map(({ x }) => x),
      options,
    );
    for (const { x, user } of tested) scores[user === person ? 0 : 1].push(-matcher(x));
  }
  return equalError(scores[0], scores[1]).eer;
}

describe('waca', () => {
  it.each(variants)('decides as the float distance does: %s', async (model) => {
    const result = verifyKernel(loaded, await build(model));
    expect(result.trials).toBe(648);
    expect(result.agreement).toBeGreaterThanOrEqual(0.99);
    expect(Math.abs(result.fixed.eer - result.float.eer)).toBeLessThanOrEqual(0.005);
    const { float, fixed, agreement } = result;
    const row = [fixed.far, fixed.frr, float.eer, fixed.eer].map(percent);
    expect(readme).toContain(`| ${model} | ${row.join(' | ')} | ${Number((100 * agreement).toFixed(2))} |`);
  });

  describe('in continuous mode', () => {
    let kernel: KernelInstance;
    beforeAll(async () => {
      const { wasm, manifest } = await build('euclidean');
      kernel = KernelInstance.load(wasm, manifest);
    });

    let startMs = 0;
    /** Windows of a recording: decide, and on acceptance keep the window. Each call is an hour later. */
    function watch(name: string): number[] {
      const decisions: number[] = [];
      startMs += 3_600_000;
      for (const { timeMs, sensor, channel, values } of shippedReadings(name)) {
        const counts = values.map((v, c) => Math.round(v / channels[channel + c]!.lsb));
        if (kernel.sample(sensor, BigInt(Math.round((startMs + timeMs) * 1000)), channel, counts) !== 1)
          continue;
        decisions.push(kernel.infer());
        if (decisions.at(-1) === 1) expect(kernel.enrol()).toBeLessThanOrEqual(decision.capacity);
      }
      return decisions;
    }
    const templates = () =>
      (
        kernel.cells(kernel.manifest.blocks.find((b) => b.name === 'decision_template')!) as Int16Array
      ).slice();

    it('keeps the owner, suspends on somebody else until the host lifts it, and renews the profile', () => {
      kernel.reset();
      // A window must be there before any is enrolled by hand.
      watch('s09-09');
      for (const { x } of enrolled.filter(({ user }) => user === 9)) {
        kernel.writeModelInput(x);
        kernel.enrol();
      }
      const before = templates();
      kernel.cells(kernel.manifest.io.suspended!).fill(0 as never);
      const own = watch('s09-09');
      expect(own.length).toBeGreaterThanOrEqual(2);
      expect(own).toEqual(own.map(() => 1));
      expect(templates()).not.toEqual(before);

      const taken = watch('s13-08');
      expect(taken[0]).toBe(0);
      expect(taken.slice(1)).toEqual(taken.slice(1).map(() => status.suspended));
      // Even the owner waits for the host.
      const during = templates();
      expect(watch('s09-09').every((d) => d === status.suspended)).toBe(true);
      expect(templates()).toEqual(during);
      kernel.cells(kernel.manifest.io.suspended!).fill(0 as never);
      expect(watch('s09-09').every((d) => d === 1)).toBe(true);
    });
  });

  describe('protected templates', () => {
    const protection = decision.protection!;
    const keyOf = (k: number) => Array.from({ length: 8 }, (_, i) => (k * 0x9e3779b1 + i * 0x85ebca6b) | 0);
    const keys = Array.from({ length: 16 }, (_, k) => keyOf(k + 1));

    it('cost what the README says, over 16 keys', () => {
      const plain = equalErrorOf({ distance: 'euclidean', leastRange: decision.leastRange! });
      const rates = keys.map((key) => equalErrorOf({ distance: 'hamming', protection, key }));
      const mean = rates.reduce((a, b) => a + b) / rates.length;
      const text = [mean, Math.min(...rates), Math.max(...rates), mean - plain].map(percent);
      expect(readme).toContain(
        `over 16 keys the EER is ${text[0]} % (${text[1]} to ${text[2]}), ${text[3]} points more than`,
      );
    });

    it('do not show under two keys that they are of one person, nor what the window was without the key', () => {
      const [a, b] = [keys[0]!, keys[1]!].map((key) =>
        projections(key, protection.bits, protection.centre.length),
      );
      const [mine, theirs]: [number[], number[]] = [[], []];
      for (const t of tested)
        for (const e of enrolled)
          (t.user === e.user ? mine : theirs).push(
            -hammingShare(protect(t.x, protection.centre, a!), protect(e.x, protection.centre, b!)),
          );
      const linked = equalError(mine, theirs).eer;
      expect(Math.abs(linked - 0.5)).toBeLessThan(0.03);
      // The best linear guess of a window from its bits: the sum of the projections, each by its sign.
      const likeness = (signs: Int8Array) => {
        const cosines = tested.map(({ x }) => {
          const bits = protect(x, protection.centre, a!);
          const v = x.map((y, f) => y - protection.centre[f]!);
          const guess = v.map((_, f) => {
            let sum = 0;
            for (let k = 0; k < protection.bits; k++)
              sum += ((bits[k >> 5]! >>> (k & 31)) & 1 ? 1 : -1) * signs[k * v.length + f]!;
            return sum;
          });
          const dot = (p: Float64Array, q: Float64Array) => p.reduce((sum, y, f) => sum + y * q[f]!, 0);
          return dot(guess, v) / Math.sqrt(dot(guess, guess) * dot(v, v));
        });
        return cosines.reduce((x, y) => x + y) / cosines.length;
      };
      const [known, unknown] = [likeness(a!), likeness(b!)];
      expect(Math.abs(unknown)).toBeLessThan(0.05);
      expect(readme).toContain(`equal error rate of linking is ${percent(linked)} %`);
      expect(readme).toContain(
        `cosine of ${known.toFixed(2)} with the key, of ${unknown.toFixed(2)} without`,
      );
    });
  });

  it('has the numbers that people 1 to 8 give', (context) => {
    const shared = sharedOrSkip(context, '');
    const fresh = mkdtempSync(join(tmpdir(), 'waca-'));
    const { low, high, centre, thresholds } = cutWaca(shared, fresh, loaded.pipeline);
    rmSync(fresh, { recursive: true });
    expect(loaded.pipeline.preprocess.at(-1)).toEqual({ step: 'minmax', low, high });
    expect(decision.protection!.centre).toEqual(centre);
    expect(decision.threshold).toBe(thresholds.euclidean);
    for (const { distance, threshold } of loaded.pipeline.models)
      expect(threshold).toBe(thresholds[distance!]);
  });

  it('computes the 84 features of all windows of people 9 to 16 from raw recordings, and decides as in float', async (context) => {
    const recordings = sharedOrSkip(context, 'data/sp_sw_har');
    const built = await build('euclidean');
    const made = people.flatMap((user) => {
      const executions = executionsOf(recordings, user);
      return executions.flatMap(({ watch }, i) =>
        windowsOf(built, readingsOf(watch)).map(({ output }) => ({
          user,
          test: i >= executions.length - 3,
          output,
        })),
      );
    });
    const expected = { enrol: enrolled, test: tested };
    const jumps = new Map<string, number>();
    for (const part of ['enrol', 'test'] as const) {
      const own = made.filter(({ test }) => test === (part === 'test'));
      expect(own.length).toBe(expected[part].length);
      own.forEach(({ output, user }, w) => {
        expect(user).toBe(expected[part][w]!.user);
        output.forEach((x, f) => {
          const kind = kinds[f % kinds.length]!;
          if (Math.abs(x - expected[part][w]!.x[f]!) > 1e-3) jumps.set(kind, (jumps.get(kind) ?? 0) + 1);
        });
      });
    }
    // A sample on the edge of a bin belongs to either.
    expect([...jumps.keys()]).toEqual(['entropy']);
    expect(readme).toContain(
      `${jumps.get('entropy')} of ${made.length * 6} entropies differ by more than 1e-3`,
    );

    const kernel = KernelInstance.load(built.wasm, built.manifest);
    const scores = { float: [[], []] as number[][], fixed: [[], []] as number[][] };
    let [same, trials] = [0, 0];
    const fixedTest = made.filter(({ test }) => test);
    for (const person of people) {
      kernel.reset();
      while (!kernel.push([0, 0, 0, 0, 0, 0]));
      kernel.prepare();
      for (const { output } of made.filter(({ user, test }) => user === person && !test)) {
        kernel.writeModelInput(output);
        kernel.enrol();
      }
      const matcher = templateMatcher(
        enrolled.filter(({ user }) => user === person).map(({ x }) => x),
        { distance: 'euclidean', leastRange: decision.leastRange! },
      );
      tested.forEach(({ x, user }, w) => {
        kernel.writeModelInput(fixedTest[w]!.output);
        kernel.cells(kernel.manifest.io.suspended!).fill(0 as never);
        const accepted = kernel.decide();
        const distance = matcher(x);
        trials++;
        if ((accepted === 1) === distance <= decision.threshold) same++;
        scores.float[user === person ? 0 : 1]!.push(-distance);
        scores.fixed[user === person ? 0 : 1]!.push(-kernel.readReal(kernel.manifest.io.score!)[0]!);
      });
    }
    expect(same / trials).toBeGreaterThanOrEqual(0.99);
    const [float, fixed] = [scores.float, scores.fixed].map(([own, others]) => equalError(own!, others!).eer);
    expect(Math.abs(fixed! - float!)).toBeLessThanOrEqual(0.005);
    expect(readme).toContain(
      `${same} of ${trials} decisions are the same, the EER is ${percent(float!)} and ${percent(fixed!)} %`,
    );
  });
});

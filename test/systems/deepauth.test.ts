/** examples/deepauth: enrolment on the device window by window, a new owner, and what the README says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildKernel, type BuiltKernel } from '../../generator/build-kernel.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { loadPipeline } from '../../generator/pipeline/load.ts';
import { verifyKernel } from '../../generator/verify/verify-kernel.ts';
import { KernelInstance } from '../../kernel/instance.ts';
import { status } from '../../kernel/manifest.ts';
import { rowsOf } from './kernel-run.ts';

const folder = fileURLToPath(new URL('../../examples/deepauth/', import.meta.url));
const loaded = loadPipeline(join(folder, 'pipeline.json'));
const readme = readFileSync(join(folder, 'README.md'), 'utf8').replace(/ +/g, ' ');
const file = join(folder, 'windows.safetensors');
const windowsOf = (part: 'enrol' | 'test') => {
  const users = rowsOf(file, `user_${part}`);
  return rowsOf(file, `x_${part}`).map((x, i) => ({ x, user: users[i]![0]! }));
};
const [enrolled, tested] = [windowsOf('enrol'), windowsOf('test')];
const percent = (share: number) => (100 * share).toFixed(2);
let built: BuiltKernel;
let kernel: KernelInstance;
beforeAll(async () => {
  built = await buildKernel(loaded, chooseModel(loaded.pipeline, { model: 'sub128' }), { generator: 'test' });
  kernel = KernelInstance.load(built.wasm, built.manifest);
});

const block = (name: string) => built.manifest.blocks.find((b) => b.name === name)!;
const run = (x: Float64Array): Int16Array => {
  kernel.writeModelInput(x);
  kernel.model();
  return (kernel.cells(built.manifest.io.modelOutput) as Int16Array).slice();
};
const enrol = (user: number): number => {
  let count = 0;
  for (const { x } of enrolled.filter((row) => row.user === user)) {
    run(x);
    count = kernel.enrol();
  }
  return count;
};
/** Share of a person's test windows that are accepted. */
const acceptedOf = (user: number): number => {
  const own = tested.filter((row) => row.user === user);
  return own.filter(({ x }) => (run(x), kernel.decide() === 1)).length / own.length;
};

describe('deepauth', () => {
  it('keeps streaming mean and variance in whole numbers, as exact as all windows at once', () => {
    kernel.reset();
    const own = enrolled.filter(({ user }) => user === 11);
    const features = built.manifest.io.modelOutput.length;
    // Welford's running mean and sum of squared deviations, in float64.
    const mean = new Float64Array(features);
    const spread = new Float64Array(features);
    own.forEach(({ x }, i) => {
      const f = run(x);
      expect(kernel.enrol()).toBe(i + 1);
      f.forEach((v, j) => {
        const before = v - mean[j]!;
        mean[j] = mean[j]! + before / (i + 1);
        spread[j] = spread[j]! + before * (v - mean[j]!);
      });
      const template = kernel.cells(block('decision_template')) as BigInt64Array;
      const n = BigInt(i + 1);
      for (let j = 0; j < features; j++) {
        const [sum, squares] = [template[2 * j]!, template[2 * j + 1]!];
        expect(Number(sum) / (i + 1)).toBeCloseTo(mean[j]!, 6);
        expect(Number(n * squares - sum * sum) / (i + 1)).toBeCloseTo(spread[j]!, 1);
      }
    });
  });

  it('takes another owner after a reset: who was accepted is not, and the other way round', () => {
    kernel.reset();
    run(tested[0]!.x);
    expect(kernel.decide()).toBe(status.notEnrolled);
    expect(enrol(12)).toBe(30);
    const before = [acceptedOf(12), acceptedOf(15)] as const;
    kernel.reset();
    run(tested[0]!.x);
    expect(kernel.decide()).toBe(status.notEnrolled);
    expect(enrol(15)).toBe(30);
    const after = [acceptedOf(12), acceptedOf(15)] as const;
    expect(Math.min(before[0], after[1])).toBeGreaterThan(0.6);
    expect(Math.max(before[1], after[0])).toBeLessThan(0.4);
  });

  it('goes on enrolling: more windows of the owner move the template without beginning anew', () => {
    kernel.reset();
    enrol(12);
    const [x] = tested.filter(({ user }) => user === 12);
    run(x!.x);
    kernel.decide();
    const distance = () => kernel.readReal(kernel.manifest.io.score!)[0]!;
    const before = distance();
    for (let i = 0; i < 5; i++) expect(kernel.enrol()).toBe(31 + i);
    kernel.decide();
    expect(distance()).toBeLessThan(before);
  });

  it.each(['rnn64', 'rnn128', 'sub128'])('decides as the float model does: %s', async (model) => {
    const kernelOf = await buildKernel(loaded, chooseModel(loaded.pipeline, { model }), {
      generator: 'test',
    });
    const { agreement, float, fixed, trials } = verifyKernel(loaded, kernelOf);
    expect(agreement).toBeGreaterThanOrEqual(0.99);
    expect(Math.abs(fixed.eer - float.eer)).toBeLessThanOrEqual(0.005);
    const cells = [fixed.accuracy, fixed.far, fixed.frr, fixed.eer].map(percent);
    expect(readme).toContain(`| ${model} | kernel, ${trials} trials | ${cells.join(' | ')} |`);
  });
});

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { status } from '../../kernel/manifest.ts';
import { mvnDistance, mvnTemplate } from './mvn-float.ts';
import { MAX_WINDOWS } from './mvn.ts';
import { pipelineOf, stageBench, type StageBench } from './testing.ts';

const features = 4;
const outputScale = 2 ** -11;
const epsilon = 1e-6;
const threshold = 6;
const pipeline = pipelineOf({
  window: { seconds: 0.2, hopSeconds: 0.2 },
  decision: { kind: 'mvn', threshold, epsilon },
});
const i16 = fc.integer({ min: -32768, max: 32767 });
const vector = (value: fc.Arbitrary<number>) => fc.array(value, { minLength: features, maxLength: features });

const extreme = (i: number): number[] =>
  i % 2 ? [32767, -32768, -32768, 32767] : [-32768, -32768, 32767, 32767];

describe('mvn decision', () => {
  let bench: StageBench;
  beforeAll(async () => {
    bench = await stageBench(pipeline, 25, { outputs: features, outputScale });
  });
  const enrol = (f: readonly number[]) => {
    bench.write('model_y', f);
    return bench.call('enrol');
  };
  const decide = (f: readonly number[]) => {
    bench.write('model_y', f);
    return bench.call('decide');
  };
  const distance = () => bench.kernel.readReal(bench.kernel.manifest.io.score!)[0];

  it('refuses to decide before anyone is enrolled', () => {
    bench.reset();
    expect(decide([1, 2, 3, 4])).toBe(status.notEnrolled);
  });

  it('gives the bits of the reference and the float distance', () => {
    const spread = fc.constantFrom(1, 30, 2000, 32767);
    const windows = spread.chain((s) =>
      fc.array(vector(fc.integer({ min: -s, max: s })), { minLength: 1, maxLength: 12 }),
    );
    fc.assert(
      fc.property(windows, vector(i16), (enrolled, probe) => {
        bench.reset();
        enrolled.forEach((f, i) => expect(enrol(f)).toBe(i + 1));
        const decision = decide(probe);
        const real = (f: readonly number[]) => f.map((v) => v * outputScale);
        const expected = mvnDistance(mvnTemplate(enrolled.map(real)), real(probe), epsilon);
        // A feature counts at most 2^20; below that the distance is exact to a relative 2^-14 of the epsilon term.
        if (expected < 2 ** 20) expect(Math.abs(distance() - expected)).toBeLessThan(1e-4 + expected * 2e-3);
        if (Math.abs(expected - threshold) > 0.1) expect(decision).toBe(expected <= threshold ? 1 : 0);
      }),
      { numRuns: 200 },
    );
  });

  it('is exact to five digits on features with a spread of many steps', () => {
    bench.reset();
    const enrolled = Array.from({ length: 40 }, (_, i) => [
      i * 100 - 2000,
      (i * i) % 997,
      8000 + (i % 7) * 50,
      -i * 3,
    ]);
    for (const f of enrolled) enrol(f);
    decide([500, 100, 8100, -300]);
    const real = (f: readonly number[]) => f.map((v) => v * outputScale);
    const expected = mvnDistance(mvnTemplate(enrolled.map(real)), real([500, 100, 8100, -300]), epsilon);
    expect(distance() / expected).toBeCloseTo(1, 5);
  });

  it('accepts the enrolled window itself and rejects what lies far away', () => {
    bench.reset();
    enrol([100, -200, 300, 0]);
    expect(decide([100, -200, 300, 0])).toBe(1);
    expect(distance()).toBe(0);
    expect(decide([101, -200, 300, 0])).toBe(0);
  });

  it('does not overflow at the largest template of the most extreme features, and then is full', () => {
    bench.reset();
    for (let i = 0; i < MAX_WINDOWS; i++) expect(enrol(extreme(i))).toBe(i + 1);
    expect(enrol([0, 0, 0, 0])).toBe(status.templateFull);
    expect(decide([-32768, 32767, 0, -32768])).toBe(0);
    expect(distance()).toBeGreaterThan(2 ** 20);
  });

  it('neither enrols nor decides on a window that was not full', () => {
    bench.reset();
    bench.call('infer');
    expect(bench.call('enrol')).toBe(status.windowNotReady);
    for (let i = 0; i < 5; i++) bench.push([i]);
    expect(bench.call('infer')).toBe(status.notEnrolled);
    expect(bench.call('enrol')).toBe(1);
    expect(bench.call('infer')).toBe(1);
  });

  it("takes a variant's own threshold", async () => {
    const strict = await stageBench(pipeline, 25, { outputs: features, outputScale }, 0.5);
    expect(strict.built.decision).toEqual({ kind: 'mvn', features, threshold: 0.5 });
    for (let i = -5; i <= 5; i++) {
      strict.write('model_y', [i, i, i, i]);
      strict.call('enrol');
    }
    strict.write('model_y', [2, 2, 2, 2]); // 4 x 2 / sqrt(10) = 2.53
    expect(strict.call('decide')).toBe(0);
    strict.write('model_y', [0, 0, 0, 0]);
    expect(strict.call('decide')).toBe(1);
  });
});

describe('mvnDistance', () => {
  it('follows equation 2 of the DeepAuth paper on a worked example', () => {
    // Means 2 and 10, standard deviations (divisor n) 1 and 2.
    const template = mvnTemplate([
      [1, 8],
      [3, 12],
    ]);
    expect([...template.mean]).toEqual([2, 10]);
    expect([...template.deviation]).toEqual([1, 2]);
    expect(mvnDistance(template, [4, 9], 0)).toBe(2.5);
  });
});

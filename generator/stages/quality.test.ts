import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { status } from '../../kernel/manifest.ts';
import { checkPipeline } from '../pipeline/check.ts';
import type { PreprocessStep } from '../pipeline/pipeline.ts';
import { floatQuality } from './quality.ts';
import { RAW_LIMIT } from './raw-count.ts';
import { channel, pipelineOf, stageBench, type StageBench } from './testing.ts';

const STEPS = 12;
const limits = { leastDeviation: 3, mostDeviation: 50 };
const quality = { step: 'quality', ...limits } as const;
const window = { seconds: STEPS / 25, hopSeconds: STEPS / 25 };
const lsb = 0.25;

describe('quality', () => {
  let bench: StageBench;
  beforeAll(async () => {
    bench = await stageBench(
      pipelineOf({
        channels: [channel('a', lsb), channel('b', lsb)],
        window,
        preprocess: [quality, { step: 'zscore', epsilon: 1e-6 }],
      }),
      25,
      { outputs: 3 },
    );
  });
  function answer(frames: readonly (readonly [number, number])[]): number {
    bench.reset();
    for (const frame of frames) bench.push(frame);
    return bench.call('infer');
  }

  it('refuses exactly the windows that the float meaning refuses, and decides the others', () => {
    const size = fc.constantFrom(1, 10, 60, 500, RAW_LIMIT);
    const frames = fc.tuple(size, size).chain(([a, b]) =>
      fc.array(fc.tuple(fc.integer({ min: -a, max: a }), fc.integer({ min: -b, max: b })), {
        minLength: STEPS,
        maxLength: STEPS,
      }),
    );
    fc.assert(
      fc.property(frames, (rows) => {
        const columns = [0, 1].map((c) => Float64Array.from(rows, (row) => row[c]! * lsb));
        const found = answer(rows);
        if (floatQuality(columns, limits)) expect(found).toBeGreaterThanOrEqual(0);
        else expect(found).toBe(status.poorSignal);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['least', 3],
    ['most', 50],
  ])('takes a deviation at the %s limit, and none beyond', (which, limit) => {
    // Alternating values have a deviation of half their distance.
    const good = 4 * 8;
    const at = (deviation: number) =>
      Array.from({ length: STEPS }, (_, i): [number, number] => [
        ((i % 2) * 2 * deviation) / lsb,
        (i % 2) * good,
      ]);
    expect(answer(at(limit))).toBeGreaterThanOrEqual(0);
    expect(answer(at(limit + (which === 'least' ? -lsb : lsb)))).toBe(status.poorSignal);
  });

  it('refuses a dead sensor, says that a window is not full first, and forgets with the next window', () => {
    bench.reset();
    bench.push([0, 0]);
    expect(bench.call('infer')).toBe(status.windowNotReady);
    expect(answer(Array.from({ length: STEPS }, () => [7, 7] as const))).toBe(status.poorSignal);
    for (let i = 0; i < STEPS; i++) bench.push([(i % 3) * 60, (i % 2) * 60]);
    expect(bench.call('infer')).toBeGreaterThanOrEqual(0);
  });

  it('looks at what a filter leaves, in the unit of the channel', async () => {
    const filtered = await stageBench(
      pipelineOf({
        channels: [channel('a', lsb)],
        window,
        preprocess: [{ step: 'bandpass', lowHz: 0.5, highHz: 8 }, quality, { step: 'zscore', epsilon: 1e-6 }],
      }),
      25,
      { outputs: 2 },
    );
    // A ramp is all drift: much of it as raw counts, little behind the band-pass after a while.
    for (let i = 0; i < 20 * STEPS; i++) filtered.push([i * 4]);
    expect(filtered.call('infer')).toBe(status.poorSignal);
    for (let i = 0; i < 20 * STEPS; i++)
      filtered.push([i * 4 + 120 * Math.round(Math.sin((2 * Math.PI * i) / 12))]);
    expect(filtered.call('infer')).toBeGreaterThanOrEqual(0);
  });

  const check =
    (...preprocess: PreprocessStep[]) =>
    () =>
      checkPipeline(
        pipelineOf({
          preprocess,
          models: [
            { id: 'm', file: 'package.json', rateHz: 25, calibration: { file: 'package.json', tensor: 'x' } },
          ],
        }),
        { at: (field) => `t.json: ${field}`, resolve: (file) => file },
      );
  it.each<[RegExp, () => void]>([
    [/ESC210 .*preprocess\[0\]\.leastDeviation/, check({ ...quality, leastDeviation: 0 })],
    [/ESC239 .*at least 50 and at most 50/, check({ ...quality, leastDeviation: 50 })],
    [/ESC242 .*stands twice/, check(quality, quality)],
    [/ESC242 .*cannot follow "zscore"/, check({ step: 'zscore', epsilon: 1e-6 }, quality)],
    [/ESC242 .*cannot follow "scale"/, check({ step: 'scale', divisors: [2] }, quality)],
    [
      /ESC242 .*preprocess\[1\]: "bandpass" comes before "quality"/,
      check(quality, { step: 'bandpass', lowHz: 0.5, highHz: 8 }),
    ],
    [/ESC242 .*"features"/, check({ step: 'features', features: [{ kind: 'mean' }] }, quality)],
  ])('%s', (text, run) => {
    expect(run).toThrow(text);
  });
});

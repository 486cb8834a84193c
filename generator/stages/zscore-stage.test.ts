import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { floatWindows } from '../pipeline/float-windows.ts';
import { RAW_LIMIT } from './raw-count.ts';
import { channel, pipelineOf, stageBench, type StageBench } from './testing.ts';

const rateHz = 25;
const pipeline = pipelineOf({
  channels: [channel('a', 0.01), channel('b', 3)],
  window: { seconds: 0.4, hopSeconds: 0.12 },
  preprocess: [{ step: 'zscore', epsilon: 1e-6 }],
});
const inputScale = 2 ** -12;
let bench: StageBench;
beforeAll(async () => {
  bench = await stageBench(pipeline, rateHz, { inputScale });
});

/** Pushes frames of counts and prepares each due window on both sides; the model inputs as real numbers. */
function windows(frames: readonly (readonly number[])[]): number[][] {
  bench.reset();
  return frames.flatMap((frame) => {
    if (!bench.push(frame)) return [];
    bench.call('prepare');
    return [Array.from(bench.memory.i16('model_x'), (v) => v * inputScale)];
  });
}

const expected = (frames: readonly (readonly number[])[]): Float64Array[] =>
  floatWindows(
    pipeline,
    rateHz,
    pipeline.channels.map(({ lsb }, c) => Float64Array.from(frames, (f) => f[c] * lsb)),
  );

const saturated = (z: number) => Math.max(-8, Math.min(8 - inputScale, z));

const channelOf = (w: number[], c: number): number[] => w.filter((_, i) => i % 2 === c);

describe('zscore stage', () => {
  const magnitude = fc.constantFrom(1, 3, 50, 4000, 300000, RAW_LIMIT);
  const frames = magnitude.chain((m) =>
    fc.array(fc.tuple(fc.integer({ min: -m, max: m }), fc.integer({ min: -m, max: m })), {
      minLength: 10,
      maxLength: 25,
    }),
  );

  it('gives the bits of the reference, and the float value to half a step, whatever the range', () => {
    fc.assert(
      fc.property(frames, (samples) => {
        const found = windows(samples);
        expected(samples).forEach((window, w) =>
          window.forEach((z, i) =>
            expect(Math.abs(found[w][i] - saturated(z))).toBeLessThan(inputScale * 0.502),
          ),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('turns a constant channel into zeros', () => {
    const samples = Array.from({ length: 10 }, (_, i) => [RAW_LIMIT, i]);
    const [window] = windows(samples);
    expect(window.filter((_, i) => i % 2 === 0).every((v) => v === 0)).toBe(true);
  });

  it('does not change when the signal is shifted, or scaled by a power of two', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 10, maxLength: 10 }),
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.integer({ min: 1, max: 12 }),
        (a, offset, exponent) => {
          const twin = windows(a.map((v) => [v + offset, v * 2 ** exponent]));
          const plain = windows(a.map((v) => [v, v]));
          expect(channelOf(twin[0], 0)).toEqual(channelOf(plain[0], 0));
          // Epsilon weighs less on the larger signal: at most one step.
          channelOf(twin[0], 1).forEach((z, i) =>
            expect(Math.abs(z - channelOf(plain[0], 1)[i])).toBeLessThanOrEqual(inputScale),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('saturates where the format of the model is too narrow', async () => {
    const narrow = await stageBench(pipeline, rateHz, { inputScale: 2 ** -15 });
    for (let i = 0; i < 10; i++) narrow.push([i === 4 ? 1000 : 0, i === 7 ? -1000 : 0]);
    narrow.call('prepare');
    const cells = narrow.memory.i16('model_x');
    expect([Math.max(...cells), Math.min(...cells)]).toEqual([32767, -32768]);
  });

  it('honours an epsilon as large as the signal', async () => {
    const large = { ...pipeline, preprocess: [{ step: 'zscore' as const, epsilon: 50 }] };
    const kernel = await stageBench(large, rateHz, { inputScale });
    const samples = Array.from({ length: 10 }, (_, i) => [i * 1000, (i % 3) * 40]);
    for (const frame of samples) kernel.push(frame);
    kernel.call('prepare');
    const streams = [samples.map((f) => f[0] * 0.01), samples.map((f) => f[1] * 3)].map((s) =>
      Float64Array.from(s),
    );
    floatWindows(large, rateHz, streams)[0].forEach((z, i) =>
      expect(Math.abs(kernel.memory.i16('model_x')[i] * inputScale - z)).toBeLessThan(inputScale * 0.502),
    );
  });

  it('refuses an epsilon beyond the sensor (ESC225)', async () => {
    const huge = { ...pipeline, preprocess: [{ step: 'zscore' as const, epsilon: 1e9 }] };
    await expect(stageBench(huge, rateHz)).rejects.toThrow(
      /ESC225 test: preprocess: epsilon 1000000000.*1e-6 is usual/,
    );
  });

  it('refuses a model input that no gain can reach (ESC226)', async () => {
    await expect(stageBench(pipeline, rateHz, { inputScale: 1e-12 })).rejects.toThrow(/ESC226/);
  });
});

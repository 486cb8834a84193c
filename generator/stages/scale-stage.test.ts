import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { floatWindows } from '../pipeline/float-windows.ts';
import { RAW_LIMIT } from './raw-count.ts';
import { channel, pipelineOf, stageBench, type StageBench } from './testing.ts';

const rateHz = 50;
const inputScale = 1 / 8192;
const pipeline = pipelineOf({
  channels: [channel('acc', 9.80665 / 4096), channel('gyro', 0.001)],
  window: { seconds: 0.1, hopSeconds: 0.1 },
  preprocess: [{ step: 'scale', divisors: [9.80665, 2] }],
});

describe('scale stage', () => {
  let bench: StageBench;
  beforeAll(async () => {
    bench = await stageBench(pipeline, rateHz, { inputScale });
  });

  const count = fc.oneof(
    fc.integer({ min: -30000, max: 30000 }),
    fc.integer({ min: -RAW_LIMIT, max: RAW_LIMIT }),
  );

  it('gives the bits of the reference, and the float value to half a step', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(count, count), { minLength: 5, maxLength: 12 }), (samples) => {
        bench.reset();
        const streams = pipeline.channels.map(({ lsb }, c) => Float64Array.from(samples, (f) => f[c] * lsb));
        const expected = floatWindows(pipeline, rateHz, streams);
        for (const frame of samples) {
          if (!bench.push(frame)) continue;
          bench.call('prepare');
          const found = bench.memory.i16('model_x');
          expected.shift()!.forEach((x, i) => {
            const steps = Math.max(-32768, Math.min(32767, x / inputScale));
            expect(Math.abs(found[i] - steps)).toBeLessThan(0.5001);
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('hands raw values on where a pipeline has no steps', async () => {
    const plain = await stageBench(pipelineOf({ window: { seconds: 0.1, hopSeconds: 0.1 } }), 50, {
      inputScale: 1,
    });
    for (const v of [1, -2, 3, 40000, -40000]) plain.push([v]);
    plain.call('prepare');
    expect([...plain.memory.i16('model_x')]).toEqual([1, -2, 3, 32767, -32768]);
  });

  it('works behind a filter', async () => {
    const filtered = pipelineOf({
      window: { seconds: 1, hopSeconds: 1 },
      preprocess: [
        { step: 'scale', divisors: [50] },
        { step: 'bandpass', lowHz: 0.5, highHz: 8 },
      ],
    });
    const kernel = await stageBench(filtered, 25, { inputScale: 2 ** -10 });
    const samples = Array.from({ length: 25 }, (_, i) => Math.round(1000 * Math.sin(i / 2)));
    for (const v of samples) kernel.push([v]);
    kernel.call('prepare');
    floatWindows(filtered, 25, [Float64Array.from(samples)])[0].forEach((x, i) =>
      expect(Math.abs(kernel.memory.i16('model_x')[i] - x * 1024)).toBeLessThan(1.5),
    );
  });

  it('refuses a count that leaves the format at once (ESC226)', async () => {
    const wide = pipelineOf({ channels: [channel('a', 1e9)], window: { seconds: 0.1, hopSeconds: 0.1 } });
    await expect(stageBench(wide, 50, { inputScale: 1e-3 })).rejects.toThrow(
      /ESC226 test: preprocess.*Check the channel's lsb/,
    );
  });
});

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { floatWindows } from '../pipeline/float-windows.ts';
import { channel, pipelineOf, stageBench, type StageBench } from '../stages/testing.ts';

const rateHz = 10;
const inputScale = 2 / 32767;
const pipeline = pipelineOf({
  channels: [channel('a', 0.01), channel('b', 3)],
  window: { seconds: 0.8, hopSeconds: 0.3 },
  preprocess: [
    { step: 'movingAverage', samples: 3 },
    { step: 'features', features: [{ kind: 'mean' }, { kind: 'range' }] },
    { step: 'minmax', low: [-5, 0, -2000, 10], high: [3, 0.5, 9000, 20000] },
  ],
});
let bench: StageBench;
beforeAll(async () => {
  bench = await stageBench(pipeline, rateHz, { inputs: 4, outputs: 4, inputScale });
});

describe('a moving average, features and their ranges', () => {
  const count = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -4e6, max: 4e6 }));

  it('give the float value to half a step, whenever push() says that a window is due', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(count, count), { minLength: 1, maxLength: 30 }), (frames) => {
        bench.reset();
        const found: number[][] = [];
        for (const frame of frames)
          if (bench.push(frame)) {
            bench.call('prepare');
            found.push(Array.from(bench.memory.i16('model_x'), (v) => v * inputScale));
          }
        const streams = pipeline.channels.map(({ lsb }, c) => Float64Array.from(frames, (f) => f[c] * lsb));
        const expected = floatWindows(pipeline, rateHz, streams);
        expect(found.length).toBe(expected.length);
        found.forEach((window, w) =>
          window.forEach((x, i) =>
            expect(Math.abs(x - expected[w][i])).toBeLessThanOrEqual(inputScale * 0.501),
          ),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('fills the window from the first whole span on: 3 samples for the first, then one each', () => {
    bench.reset();
    const due = Array.from({ length: 20 }, (_, i) => bench.push([i, -i]));
    expect(due.flatMap((d, i) => (d ? [i + 1] : []))).toEqual([10, 13, 16, 19]);
  });
});

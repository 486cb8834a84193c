import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { designBandpass } from './butterworth.ts';
import { filterFormat } from './filter-format.ts';
import { RAW_LIMIT } from './raw-count.ts';
import { channel, pipelineOf, stageBench, type StageBench } from './testing.ts';

const clamp = (v: number): number => Math.max(-RAW_LIMIT, Math.min(RAW_LIMIT, v));

const count = fc.oneof(
  fc.integer({ min: -RAW_LIMIT, max: RAW_LIMIT }),
  fc.integer({ min: -300, max: 300 }),
  fc.constantFrom(RAW_LIMIT, -RAW_LIMIT, 2147483647, -2147483648),
);

describe('push without a filter', () => {
  let bench: StageBench;
  beforeAll(async () => {
    const window = { seconds: 0.28, hopSeconds: 0.12 }; // 7 and 3 samples at 25 Hz
    bench = await stageBench(pipelineOf({ channels: [channel('a'), channel('b')], window }), 25);
  });

  it('is due when the ring is full, then every hop', () => {
    bench.reset();
    const due = Array.from({ length: 20 }, (_, i) => bench.push([i, -i]));
    expect(due.flatMap((d, i) => (d ? [i + 1] : []))).toEqual([7, 10, 13, 16, 19]);
  });

  it('keeps the last frames, oldest at the slot, clamped to 24 bits, as the reference does', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(count, count), { minLength: 1, maxLength: 25 }), (frames) => {
        bench.reset();
        for (const frame of frames) bench.push(frame);
        const slot = bench.memory.i32('signal_window_state')[0];
        const window = bench.memory.i32('signal_window');
        frames
          .slice(-7)
          .toReversed()
          .forEach((frame, age) => {
            const row = ((slot - 1 - age + 14) % 7) * 2;
            expect([window[row], window[row + 1]]).toEqual(frame.map(clamp));
          });
      }),
      { numRuns: 40 },
    );
  });

  it('waits a whole hop where the hop is longer than the window', async () => {
    const window = { seconds: 0.12, hopSeconds: 0.2 };
    const sparse = await stageBench(pipelineOf({ window }), 25);
    const due = Array.from({ length: 20 }, (_, i) => sparse.push([i]));
    expect(due.flatMap((d, i) => (d ? [i + 1] : []))).toEqual([3, 8, 13, 18]);
  });
});

describe('push with a filter', () => {
  const bandpass = { step: 'bandpass', lowHz: 0.5, highHz: 8 } as const;
  let bench: StageBench;
  beforeAll(async () => {
    const channels = [channel('a'), channel('b'), channel('c')];
    bench = await stageBench(
      pipelineOf({ channels, window: { seconds: 0.5, hopSeconds: 0.2 }, preprocess: [bandpass] }),
      25,
    );
  });

  it('gives the bits of the reference on any samples', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(count, count, count), { minLength: 1, maxLength: 40 }), (frames) => {
        bench.reset();
        for (const frame of frames) bench.push(frame);
      }),
      { numRuns: 60 },
    );
  });

  it('starts at zero whatever the first sample is', () => {
    bench.reset();
    bench.push([5000, -70000, 12]);
    bench.push([5000, -70000, 12]);
    expect([...bench.memory.i32('signal_window')].every((v) => v === 0)).toBe(true);
  });

  it('gives the bits of the reference at 512 Hz, where the poles sit next to 1', async () => {
    const fast = await stageBench(
      pipelineOf({ window: { seconds: 0.05, hopSeconds: 0.05 }, preprocess: [bandpass] }),
      512,
    );
    for (let i = 0; i < 600; i++) fast.push([Math.round(1e6 * Math.sin(i / 40) + (i % 7) * 1000)]);
  });

  it('stays inside its proof on the input that the proof is about', async () => {
    // The worst input follows the sign of the reversed impulse response; the reference throws on any overflow.
    const rateHz = 25;
    const { outputLimit } = filterFormat(designBandpass(rateHz, 0.5, 8), 2 * RAW_LIMIT, 'x');
    const length = 200;
    const one = await stageBench(
      pipelineOf({ window: { seconds: 1, hopSeconds: 1 }, preprocess: [bandpass] }),
      rateHz,
    );
    one.push([0]);
    const response = Array.from({ length }, (_, i) => {
      one.push([i === 0 ? 1 << 20 : 0]);
      const slot = one.memory.i32('signal_window_state')[0];
      return one.memory.i32('signal_window')[(slot + rateHz - 1) % rateHz];
    });
    one.reset();
    let largest = 0;
    one.push([-RAW_LIMIT]);
    for (const h of response.toReversed()) {
      one.push([h > 0 ? RAW_LIMIT : -RAW_LIMIT]);
      for (const v of one.memory.i32('signal_window')) largest = Math.max(largest, Math.abs(v));
    }
    expect(largest).toBeGreaterThan(outputLimit / 3);
    expect(largest).toBeLessThanOrEqual(outputLimit);
  });
});

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { resample } from '../data/resample.ts';
import { status } from '../../kernel/manifest.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { channel, pipelineOf, stageBench, type StageBench } from './testing.ts';

const rateHz = 40;
const channels: Pipeline['channels'] = [
  { ...channel('ax'), sensor: 'accelerometer' },
  { ...channel('ay'), sensor: 'accelerometer' },
  { ...channel('g'), sensor: 'gyroscope' },
];
const places = [
  { first: 0, count: 2 },
  { first: 2, count: 1 },
];
const STEPS = 6;
/** As long as the longest gap. */
const HOP = 8;
const pipeline = (part: Partial<Pipeline> = {}): Pipeline =>
  pipelineOf({
    channels,
    timestamps: { longestGapSeconds: 0.2 },
    window: { seconds: STEPS / rateHz, hopSeconds: HOP / rateHz },
    ...part,
  });

interface Sample {
  sensor: number;
  timeUs: number;
  counts: number[];
}

/** sample() on both sides, which compares every block. */
function sample(bench: StageBench, { sensor, timeUs, counts }: Sample): number {
  bench.write('signal_time', [BigInt(timeUs)] as never);
  bench.write('signal_sensor', [sensor]);
  const frame = [...bench.memory.i32('signal_frame')];
  frame.splice(places[sensor]?.first ?? 0, counts.length, ...counts);
  bench.write('signal_frame', frame);
  return bench.call('sample');
}

/** The window, oldest frame first, as counts. */
function windowOf(bench: StageBench): number[][] {
  const slot = bench.memory.i32('signal_window_state')[0];
  const window = bench.memory.i32('signal_window');
  return Array.from({ length: STEPS }, (_, i) =>
    Array.from({ length: 3 }, (_, c) => window[((slot + i) % STEPS) * 3 + c] / 2 ** 7),
  );
}

/** Two sensors with rates and jitter of their own, in the order of time. */
const stream = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 45_000 }), fc.integer({ min: -5000, max: 5000 })), {
      minLength: 8,
      maxLength: 40,
    }),
    fc.array(fc.tuple(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: -5000, max: 5000 })), {
      minLength: 8,
      maxLength: 40,
    }),
    fc.integer({ min: 0, max: 30_000 }),
  )
  .map(([a, b, late]) => {
    const timed = (steps: [number, number][], sensor: number, start: number): Sample[] => {
      let timeUs = 1_000_000 + start;
      return steps.map(([step, value]) => {
        const counts = sensor === 0 ? [value, -value >> 1] : [value];
        const made = { sensor, timeUs, counts };
        timeUs += step;
        return made;
      });
    };
    const all = [...timed(a, 0, 0), ...timed(b, 1, late)];
    return all.sort((x, y) => x.timeUs - y.timeUs || x.sensor - y.sensor);
  });

/** What the host's resampler makes of one sensor from an instant on, in counts. */
function hostGrid(samples: readonly Sample[], sensor: number, c: number, originUs: number): Float64Array {
  const own = samples.filter((s) => s.sensor === sensor);
  const timesS = own.map((s) => s.timeUs / 1e6);
  const values = own.map((s) => s.counts[c]);
  // A sample at the origin itself, on the line between its neighbours: the grid begins there.
  const next = own.findIndex((s) => s.timeUs > originUs);
  const at = next < 0 ? own.length : next;
  const [left, right] = [own[at - 1], own[at] ?? own[at - 1]];
  const share = right.timeUs > left.timeUs ? (originUs - left.timeUs) / (right.timeUs - left.timeUs) : 0;
  timesS.splice(0, at, originUs / 1e6);
  values.splice(0, at, left.counts[c] + (right.counts[c] - left.counts[c]) * share);
  const recording = {
    file: '',
    timesS: Float64Array.from(timesS),
    columns: new Map([['x', Float64Array.from(values)]]),
  };
  return resample(recording, rateHz, 'linear').columns.get('x')!;
}

describe('sample', () => {
  let bench: StageBench;
  beforeAll(async () => {
    bench = await stageBench(pipeline(), rateHz);
  });

  it('fills windows by time, as the host resamples each sensor from the instant at which both are there', () => {
    let windows = 0;
    fc.assert(
      fc.property(stream, (samples) => {
        bench.reset();
        const [a, b] = [0, 1].map((s) => samples.find((x) => x.sensor === s)!.timeUs);
        const originUs = Math.max(a, b);
        const grids = [0, 1, 2].map((c) => hostGrid(samples, c === 2 ? 1 : 0, c === 2 ? 0 : c, originUs));
        let due = 0;
        for (const [i, s] of samples.entries()) {
          // One stream has ended long before the other.
          const verdict = sample(bench, s);
          if (verdict === status.gap) break;
          const frames = Number(bench.memory.i64('signal_clock')[1]);
          if (bench.memory.i32('signal_window_state')[3] === 0) continue;
          if (verdict === 1) expect(frames).toBe(STEPS + HOP * due++);
          windowOf(bench).forEach((frame, t) =>
            frame.forEach((x, c) => {
              const expected = grids[c][frames - STEPS + t];
              expect(Math.abs(x - expected), `sample ${i}, frame ${t}, channel ${c}`).toBeLessThan(2 ** -7);
            }),
          );
        }
        windows += due;
      }),
      { numRuns: 150 },
    );
    expect(windows).toBeGreaterThan(100);
  });

  it('begins anew after a silence, and says so', () => {
    bench.reset();
    const both = (timeUs: number, value: number) => [
      sample(bench, { sensor: 0, timeUs, counts: [value, value] }),
      sample(bench, { sensor: 1, timeUs, counts: [value] }),
    ];
    for (let k = 0; k <= STEPS; k++) both(k * 25_000, k);
    expect(bench.memory.i32('signal_window_state')[3]).toBe(1);
    expect(both(STEPS * 25_000 + 200_001, 7)).toEqual([status.gap, 0]);
    expect(bench.memory.i32('signal_window_state')[3]).toBe(0);
    expect(both(STEPS * 25_000 + 225_001, 8)).toEqual([0, 0]);
    // A sensor that stops while the other goes on.
    const verdicts = Array.from({ length: 40 }, (_, k) =>
      sample(bench, { sensor: 0, timeUs: 400_000 + k * 20_000, counts: [k, k] }),
    );
    expect(verdicts).toContain(status.gap);
  });

  it('drops what cannot be true', () => {
    bench.reset();
    expect(sample(bench, { sensor: 0, timeUs: 1000, counts: [1, 1] })).toBe(0);
    expect(sample(bench, { sensor: 0, timeUs: 999, counts: [2, 2] })).toBe(status.badSample);
    expect(sample(bench, { sensor: 2, timeUs: 2000, counts: [2, 2] })).toBe(status.badSample);
    expect(sample(bench, { sensor: -1, timeUs: 2000, counts: [2, 2] })).toBe(status.badSample);
    expect([...bench.memory.i32('signal_last')]).toEqual([1, 1, 0]);
  });

  it('push() takes whole frames of the same format', () => {
    bench.reset();
    for (let k = 0; k < STEPS; k++) bench.push([k, -k, 2 ** 30]);
    expect(windowOf(bench).at(-1)).toEqual([STEPS - 1, 1 - STEPS, 2 ** 23 - 1]);
  });

  it('feeds filters and moving averages', async () => {
    const filtered = await stageBench(
      pipeline({ preprocess: [{ step: 'bandpass', lowHz: 0.5, highHz: 8 }] }),
      rateHz,
    );
    const averaged = await stageBench(
      pipeline({ preprocess: [{ step: 'movingAverage', samples: 3 }] }),
      rateHz,
    );
    for (let k = 0; k < 30; k++)
      for (const one of [filtered, averaged])
        for (const sensor of [0, 1])
          sample(one, {
            sensor,
            timeUs: k * 11_111,
            counts: [k * 100 - 1000, 7].slice(0, places[sensor].count),
          });
    expect(averaged.memory.i32('signal_window_state')[3]).toBe(1);
  });
});

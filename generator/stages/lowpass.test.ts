import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkPipeline } from '../pipeline/check.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { designLowpass } from './butterworth.ts';
import { lowpass } from './lowpass.ts';
import { RAW_LIMIT } from './raw-count.ts';
import { channel, pipelineOf, stageBench, type StageBench } from './testing.ts';

/** scipy 1.17.1: butter(2, cutoff, 'lowpass', fs=rate, output='sos'). */
const scipy: [number, number, number[]][] = [
  [
    100,
    5,
    [
      0.020083365564211232, 0.040166731128422464, 0.020083365564211232, 1, -1.5610180758007182,
      0.6413515380575631,
    ],
  ],
  [
    25,
    5,
    [
      0.20657208382614792, 0.41314416765229584, 0.20657208382614792, 1, -0.3695273773512414,
      0.19581571265583306,
    ],
  ],
  [
    512,
    5,
    [
      0.0009018395105601031, 0.0018036790211202062, 0.0009018395105601031, 1, -1.91327598874643,
      0.9168833467886703,
    ],
  ],
  [
    20,
    9.5,
    [0.8948586061225728, 1.7897172122451457, 0.8948586061225728, 1, 1.7786317778245848, 0.8008026466657076],
  ],
];
const x = [7, 7, 9, -3, 120, 4, 4, 4, 50, -60];
/** scipy: sosfilt(butter(2, 5, 'lowpass', fs=25, output='sos'), x, zi=sosfilt_zi(sos) * x[0]) */
const filtered = [
  7.0, 7.0, 7.413144167652296, 5.9132355777836265, 26.141858637125363, 58.286100224599956, 43.686838137902804,
  8.035301809676428, 7.222163857523121, 10.184520607155456,
];
const step = { step: 'lowpass', cutoffHz: 5 } as const;

describe('lowpass', () => {
  it.each(scipy)('is designed as scipy designs it: %d Hz, edge at %d Hz', (rateHz, cutoffHz, expected) => {
    designLowpass(rateHz, cutoffHz).forEach((c, i) => expect(c).toBeCloseTo(expected[i], 13));
  });

  it('filters as scipy does when it begins settled', () => {
    const made = lowpass.stream!(step, Float64Array.from(x), 25);
    made.forEach((y, i) => expect(y).toBeCloseTo(filtered[i], 10));
  });

  describe('in the kernel', () => {
    let bench: StageBench;
    const window = { seconds: 0.4, hopSeconds: 0.2 };
    beforeAll(async () => {
      bench = await stageBench(
        pipelineOf({ channels: [channel('a'), channel('b')], window, preprocess: [step] }),
        25,
      );
    });
    const lastReal = (column: number): number => {
      const [slot] = bench.memory.i32('signal_window_state');
      const raw = bench.memory.i32('signal_window')[((slot + 9) % 10) * 2 + column];
      return raw / 2 ** 5;
    };

    it('gives the bits of the reference on any samples', () => {
      const count = fc.oneof(
        fc.integer({ min: -300, max: 300 }),
        fc.constantFrom(RAW_LIMIT, -RAW_LIMIT, 2147483647, -2147483648),
      );
      fc.assert(
        fc.property(fc.array(fc.tuple(count, count), { minLength: 1, maxLength: 40 }), (frames) => {
          bench.reset();
          for (const frame of frames) bench.push(frame);
        }),
        { numRuns: 80 },
      );
    });

    it('follows scipy to a step of its format', () => {
      bench.reset();
      x.forEach((v, i) => {
        bench.push([v, -v]);
        expect(Math.abs(lastReal(0) - filtered[i])).toBeLessThan(2 ** -5);
        expect(Math.abs(lastReal(1) + filtered[i])).toBeLessThan(2 ** -5);
      });
    });

    it('keeps a level that never changes', () => {
      bench.reset();
      for (let i = 0; i < 12; i++) bench.push([RAW_LIMIT, -12345]);
      expect([lastReal(0), lastReal(1)]).toEqual([RAW_LIMIT, -12345]);
    });

    it('adds no level behind a band-pass, which takes it away', async () => {
      const both = await stageBench(
        pipelineOf({ window, preprocess: [step, { step: 'bandpass', lowHz: 0.5, highHz: 4 }] }),
        25,
      );
      both.push([4000]);
      expect(both.memory.i32('signal_window')[0]).toBe(0);
    });
  });

  it.each<[RegExp, Partial<Pipeline>]>([
    [/ESC210 .*preprocess\[0\]\.cutoffHz/, { preprocess: [{ step: 'lowpass', cutoffHz: 0 }] }],
    [/ESC217 .*preprocess\[0\]\.cutoffHz/, { preprocess: [{ step: 'lowpass', cutoffHz: 12.5 }] }],
    [/ESC242 .*"lowpass" cannot be joined/, { preprocess: [{ step: 'movingAverage', samples: 3 }, step] }],
    [
      /ESC242 .*"movingAverage" cannot be joined/,
      { preprocess: [step, { step: 'movingAverage', samples: 3 }] },
    ],
  ])('%s', (text, part) => {
    const models = [
      { id: 'm', file: 'package.json', rateHz: 25, calibration: { file: 'package.json', tensor: 'x' } },
    ];
    const run = () =>
      checkPipeline(pipelineOf({ models, ...part }), { at: (f) => `t.json: ${f}`, resolve: (f) => f });
    expect(run).toThrow(text);
  });
});

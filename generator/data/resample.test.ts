import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SensorRecording } from './recording.ts';
import { requireWindow, resample, toFrames } from './resample.ts';

/** Made by scipy and numpy: test/data/resample-reference.py. */
const reference = JSON.parse(
  readFileSync(new URL('../../test/data/golden/resample-reference.json', import.meta.url), 'utf8'),
) as {
  even: { rateHz: number; values: number[]; to: Record<string, number[]> };
  uneven: { timesS: number[]; values: number[]; linear50: number[]; filtered50: number[] };
};

const recording = (timesS: readonly number[], values: readonly number[]): SensorRecording => ({
  file: 'r.csv',
  timesS: Float64Array.from(timesS),
  columns: new Map([['bvp', Float64Array.from(values)]]),
});
const even = (rateHz: number, values: readonly number[], originS = 0) =>
  recording(
    values.map((_, i) => originS + i / rateHz),
    values,
  );
const bvp = (r: SensorRecording) => [...r.columns.get('bvp')!];

const tone = (hz: number, rateHz: number, n: number) =>
  Array.from({ length: n }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rateHz));
/** Largest magnitude away from the ends. */
const size = (samples: number[]) => Math.max(...samples.slice(40, -40).map(Math.abs));

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 11));
}

describe('resample, evenly spaced', () => {
  const { rateHz, values, to } = reference.even;
  it.each(['20', '25', '128'])('gives what scipy.signal.resample_poly gives at %s Hz', (rate) => {
    const result = resample(even(rateHz, values, 100), Number(rate));
    // scipy goes on beyond the last input sample; this does not invent samples.
    expect(result.timesS.length).toBe(Math.floor(((values.length - 1) * Number(rate)) / rateHz) + 1);
    expectClose(bvp(result), to[rate]);
    expect(result.timesS[7]).toBeCloseTo(100 + 7 / Number(rate), 12);
  });

  it('returns the samples themselves at their own rate, also when times are rounded to milliseconds', () => {
    const rounded = recording(
      values.map((_, i) => Math.round((i * 1000) / 64) / 1000),
      values,
    );
    expect(bvp(resample(rounded, 64))).toEqual(values);
    expectClose(bvp(resample(rounded, 25)), to['25']);
  });

  it('removes what lies above the new Nyquist rate, which linear interpolation folds down', () => {
    const high = even(64, tone(24, 64, 640));
    expect(size(bvp(resample(high, 25)))).toBeLessThan(0.01);
    expect(size(bvp(resample(high, 25, 'linear')))).toBeGreaterThan(0.5);
  });

  it('raises a slow tone to 512 Hz without changing it', () => {
    const raised = bvp(resample(even(64, tone(3, 64, 256)), 512));
    expect(raised.length).toBe(255 * 8 + 1);
    const exact = tone(3, 512, raised.length);
    raised.slice(200, -200).forEach((value, i) => expect(value).toBeCloseTo(exact[i + 200], 2));
  });

  it('keeps a constant constant, whatever the rates', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 200 }), fc.integer({ min: 5, max: 600 }), (from, to) => {
        for (const value of bvp(resample(even(from, Array(3 * from).fill(9.81)), to)))
          expect(value).toBeCloseTo(9.81, 1);
      }),
      { numRuns: 30 },
    );
  });
});

describe('resample, unevenly spaced', () => {
  const { timesS, values, linear50, filtered50 } = reference.uneven;
  it('gives what numpy.interp gives, straight between neighbours', () => {
    expectClose(bvp(resample(recording(timesS, values), 50, 'linear')), linear50);
  });

  it('filters from the next multiple of the rate, straight lines having brought it there', () => {
    expectClose(bvp(resample(recording(timesS, values), 50)), filtered50);
  });

  it('only interpolates when the rate is above the mean rate', () => {
    const r = recording(timesS, values);
    expect(bvp(resample(r, 128))).toEqual(bvp(resample(r, 128, 'linear')));
  });

  it('takes a clock of 24.995 Hz as what it is', () => {
    const drifted = even(
      24.995,
      Array.from({ length: 5000 }, (_, i) => i),
    );
    const result = bvp(resample(drifted, 25));
    expect(result[4000]).toBeCloseTo(4000 * (24.995 / 25), 6);
  });
});

describe('resample', () => {
  it.each([0, -25, NaN, Infinity, 1e6])('refuses %d Hz', (rate) => {
    expect(() => resample(even(64, [1, 2, 3]), rate)).toThrow(
      `ESC267 A recording cannot be resampled to ${rate}`,
    );
  });
});

describe('toFrames', () => {
  it('counts in steps of the lsb, to nearest, ties away from zero, channels in the given order', () => {
    const r: SensorRecording = {
      file: 'r.csv',
      timesS: Float64Array.of(0, 0.1, 0.2),
      columns: new Map([
        ['x', Float64Array.of(1, -0.25, 0.3)],
        ['y', Float64Array.of(0.25, -1, 0)],
      ]),
    };
    const frames = toFrames(
      r,
      [
        { name: 'y', lsb: 0.5 },
        { name: 'x', lsb: 0.5 },
      ],
      10,
    );
    expect(frames.map((f) => [...f])).toEqual([
      [1, 2],
      [-2, -1],
      [0, 1],
    ]);
  });

  it('refuses counts beyond 32 bits and channels that the recording does not have', () => {
    const r = even(10, [0, 3e9]);
    expect(() => toFrames(r, [{ name: 'bvp', lsb: 1 }], 10)).toThrow(
      'ESC268 r.csv: 3000000000 in channel bvp',
    );
    expect(() => toFrames(r, [{ name: 'bpv', lsb: 1 }], 10)).toThrow('ESC261 r.csv has no column "bpv"');
  });
});

describe('requireWindow', () => {
  it('says how many samples there are and how many one window needs', () => {
    const r = even(64, Array(192).fill(0));
    expect(() => requireWindow(r, 4, 25)).toThrow(
      'ESC264 r.csv gives 75 samples at 25 Hz (2.98 s); one window of 4 s needs 100. Use a longer recording',
    );
  });

  it('agrees with the number of frames', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), fc.constantFrom(20, 25, 64, 128, 512), (n, rate) => {
        const r = even(64, Array(n).fill(0));
        const frames = toFrames(r, [{ name: 'bvp', lsb: 1 }], rate).length;
        expect(() => requireWindow(r, frames / rate, rate)).not.toThrow();
        expect(() => requireWindow(r, (frames + 1) / rate, rate)).toThrow('ESC264');
      }),
    );
  });
});

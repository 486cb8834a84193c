import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { floatWindows } from '../pipeline/float-windows.ts';
import { RAW_LIMIT } from '../stages/raw-count.ts';
import { channel, stageBench, type StageBench } from '../stages/testing.ts';
import type { Pipeline, WindowFeature } from '../pipeline/pipeline.ts';
import { FEATURES_BLOCK, shapeOf } from './features-stage.ts';
import { fft, fftErrorBound, twiddles } from './integer/fft.ts';
import { floatFft } from './passes/float-fft.ts';
import { amplitudeError, amplitudes } from './passes/spectrum.ts';
import { largestDeviation } from './kinds/spectral-peak.ts';
import { featureKind } from './registry.ts';
import { featurePipeline } from './testing.ts';

describe('fft', () => {
  it('stays within its error bound, and inside 30 bits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 9 }).chain((bits) =>
          fc.tuple(
            fc.constant(2 ** bits),
            fc.array(fc.integer({ min: -(2 ** (29 - bits)), max: 2 ** (29 - bits) }), {
              minLength: 2 ** bits,
              maxLength: 2 ** bits,
            }),
          ),
        ),
        ([size, x]) => {
          const values = new Int32Array(2 * size);
          x.forEach((v, i) => (values[2 * i] = v));
          fft(values, size);
          // Inputs are whole: their rounding is not part of what may be off.
          const bound = fftErrorBound(size, 0, 2 ** 29 / size);
          for (let k = 0; k < size; k++) {
            let [re, im] = [0, 0];
            x.forEach((v, t) => {
              const angle = (2 * Math.PI * ((k * t) % size)) / size;
              re += v * Math.cos(angle);
              im -= v * Math.sin(angle);
            });
            expect(Math.hypot(values[2 * k] - re, values[2 * k + 1] - im)).toBeLessThanOrEqual(bound);
          }
          expect(values.every((v) => Math.abs(v) < 2 ** 30)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('in float64 is the sum that defines it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 64, maxLength: 64 }),
        (x) => {
          const [re, im] = [Float64Array.from(x), new Float64Array(64)];
          floatFft(re, im);
          for (let k = 0; k < 64; k++) {
            const turn = (f: (angle: number) => number) =>
              x.reduce((sum, v, t) => sum + v * f((2 * Math.PI * ((k * t) % 64)) / 64), 0);
            expect(re[k]).toBeCloseTo(turn(Math.cos), 12);
            expect(im[k]).toBeCloseTo(-turn(Math.sin), 12);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('has twiddle factors of length 1', () => {
    const table = twiddles(64);
    expect([...table.slice(0, 2)]).toEqual([2 ** 30, 0]);
    for (let k = 0; k < 32; k++)
      expect(Math.abs(Math.hypot(table[2 * k], table[2 * k + 1]) / 2 ** 30 - 1)).toBeLessThan(2 ** -30);
  });
});

const rateHz = 16;
const size = 32;
const features: WindowFeature[] = [
  { kind: 'mean' },
  { kind: 'variance' },
  { kind: 'maximum' },
  { kind: 'minimum' },
  { kind: 'spectralPeak', rank: 1, size },
  { kind: 'spectralPeakFrequency', rank: 1, size },
  { kind: 'spectralPeak', rank: 2, size },
];
const steps = 20;
const scale = 2 ** -18;

describe('vector lengths and their spectrum', () => {
  const lsbs = [2 ** -3, 2 ** -3, 2 ** -3, 1, 1];
  const channels: Pipeline['channels'] = lsbs.map((lsb, c) => ({
    ...channel(`c${c}`, lsb),
    sensor: c < 3 ? 'accelerometer' : 'gyroscope',
  }));
  const pipeline = featurePipeline(features, {
    channels,
    window: { seconds: steps / rateHz, hopSeconds: 1 / rateHz },
    preprocess: [{ step: 'magnitude' }, { step: 'features', features }],
  });
  let bench: StageBench;
  beforeAll(async () => {
    bench = await stageBench(pipeline, rateHz, {
      inputs: 2 * features.length,
      outputs: 1,
      inputScale: 2 ** -4,
    });
  });

  const frames = fc.constantFrom(2, 50, 4000, 300000, RAW_LIMIT).chain((m) => {
    const count = fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: -m, max: m }) },
      fc.constantFrom(-m, 0, m),
    );
    return fc.array(fc.tuple(count, count, count, count, count), { minLength: steps, maxLength: steps + 5 });
  });

  it('give the bits of the reference and the float values within their bounds', () => {
    fc.assert(
      fc.property(frames, (samples) => {
        bench.reset();
        for (const frame of samples) bench.push(frame);
        bench.call('prepare');
        const found = bench.memory.i32(FEATURES_BLOCK);
        const streams = lsbs.map((lsb, c) => Float64Array.from(samples.slice(-steps), (f) => f[c] * lsb));
        const [expected] = floatWindows(pipeline, rateHz, streams);
        const lengths = [
          [0, 1, 2],
          [3, 4],
        ].map((sensor) => streams[0].map((_, t) => Math.hypot(...sensor.map((c) => streams[c][t]))));
        // Lengths are rounded to 2^-7 of a count.
        const units = [lsbs[0] * 2 ** -7, lsbs[3] * 2 ** -7];
        expected.forEach((value, i) => {
          const c = Math.floor(i / features.length);
          const feature = features[i % features.length];
          const column = { x: lengths[c], rateHz, partner: () => lengths[c] };
          const real = Math.max(-(2 ** 31) * scale, Math.min((2 ** 31 - 1) * scale, value));
          if (feature.kind === 'spectralPeakFrequency') {
            // The bin that was found is the largest, as far as amplitudes can be told apart.
            const lines = amplitudes(lengths[c], size);
            const bin = Math.round((found[i] * scale * size) / rateHz);
            expect(found[i] * scale).toBeCloseTo((bin * rateHz) / size, 4);
            const slack = 2 * amplitudeError(steps, size) * largestDeviation(lengths[c]) + 4 * units[c];
            expect(lines[bin - 1]).toBeGreaterThanOrEqual(Math.max(...lines) - slack);
            return;
          }
          const shape = shapeOf({ steps, rateHz, units, sensors: [[0], [1]] }, c);
          const rounding =
            feature.kind === 'variance' ? 4 * units[c] * largestDeviation(lengths[c]) : 2 * units[c];
          const bound = featureKind(feature).bound(feature, shape, value, column) + scale * 0.5 + rounding;
          expect(Math.abs(found[i] * scale - real), `${feature.kind} of ${c}`).toBeLessThanOrEqual(
            bound + 1e-9 * value,
          );
        });
      }),
      { numRuns: 120 },
    );
  });
});

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { RAW_LIMIT } from '../stages/raw-count.ts';
import { channel, stageBench, type StageBench } from '../stages/testing.ts';
import { FEATURES_BLOCK, shapeOf } from './features-stage.ts';
import { floatFeatures } from './float-features.ts';
import { featureKind } from './registry.ts';
import { allFeatures, featurePipeline } from './testing.ts';

const rateHz = 10;
/** Powers of two: real values are exact. */
const lsbs = [2 ** -6, 2 ** -3, 1];
const sensors = [[0, 1, 2]];

const sizes = [12, 25];
const benches = new Map<number, StageBench>();
beforeAll(async () => {
  for (const steps of sizes)
    benches.set(
      steps,
      await stageBench(
        featurePipeline(allFeatures, {
          channels: lsbs.map((lsb, c) => channel(`c${c}`, lsb)),
          window: { seconds: steps / rateHz, hopSeconds: 0.1 },
        }),
        rateHz,
        { inputs: lsbs.length * allFeatures.length, outputs: 1, inputScale: 2 ** -4 },
      ),
    );
});

/** Runs features over frames on both sides (which compares them bit for bit). */
function features(steps: number, frames: readonly (readonly number[])[]): number[] {
  const bench = benches.get(steps)!;
  bench.reset();
  for (const frame of frames) bench.push(frame);
  bench.call('prepare');
  return [...bench.memory.i32(FEATURES_BLOCK)];
}

const scale = 2 ** -18;
const saturated = (x: number) => Math.max(-(2 ** 31) * scale, Math.min((2 ** 31 - 1) * scale, x));

const window = (steps: number) =>
  fc.constantFrom(1, 3, 40, 4000, 300000, RAW_LIMIT).chain((m) => {
    const count = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: -m, max: m }) },
      fc.constantFrom(-m, 0, m),
    );
    return fc.array(fc.tuple(count, count, count), { minLength: steps, maxLength: steps + 7 });
  });

describe('features stage', () => {
  it.each(sizes)(
    'gives the bits of the reference and the float value within its bound, %i samples',
    (steps) => {
      fc.assert(
        fc.property(window(steps), (frames) => {
          const found = features(steps, frames);
          const columns = lsbs.map((lsb, c) =>
            Float64Array.from(frames.slice(-steps), (frame) => frame[c] * lsb),
          );
          const expected = floatFeatures(allFeatures, columns, sensors, rateHz);
          expected.forEach((value, i) => {
            const c = Math.floor(i / allFeatures.length);
            const feature = allFeatures[i % allFeatures.length];
            const shape = shapeOf({ steps, rateHz, units: lsbs, sensors }, c);
            const float = { x: columns[c], rateHz, partner: (axis: number) => columns[(c + axis) % 3] };
            const bound = featureKind(feature).bound(feature, shape, value, float) + scale * 0.5;
            // Doubles have 53 bits: variances and products of large counts come with an error of their own.
            const slack = 1e-13 * Math.max(...columns.map((x) => x.reduce((a, v) => a + v * v, 0)));
            const tolerance =
              bound +
              (feature.kind === 'covariance' ||
              feature.kind === 'variance' ||
              feature.kind === 'spectralEnergy'
                ? slack
                : 1e-9);
            expect(
              Math.abs(found[i] * scale - saturated(value)),
              `${feature.kind} of column ${c}: ${value}`,
            ).toBeLessThanOrEqual(tolerance);
          });
        }),
        { numRuns: 150 },
      );
    },
  );
});

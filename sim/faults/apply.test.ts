import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KernelManifest } from '../../kernel/manifest.ts';
import { deliver } from './apply.ts';
import type { Fault } from './fault-file.ts';

const manifest = {
  rateHz: 10,
  channels: [
    { name: 'bvp', sensor: 'ppg', unit: 'a.u.', lsb: 1 },
    { name: 'x', sensor: 'accelerometer', unit: 'g', lsb: 1 },
  ],
} as KernelManifest;
/** A ramp on each channel. */
const frames = Array.from({ length: 100 }, (_, index) => Int32Array.of(index * 10, -index));
const run = (faults: Fault[], seconds = 5) => deliver(frames, manifest, { seed: 1, seconds, faults });
const column = (input: ReturnType<typeof run>, channel: number) =>
  input.deliveries.map(({ counts }) => counts[channel]);

describe('faults of sensors', () => {
  it('change nothing where there are none, and repeat a short recording', () => {
    expect(column(run([]), 0)).toEqual(Array.from({ length: 50 }, (_, index) => index * 10));
    const long = run([], 12);
    expect(long.deliveries).toHaveLength(120);
    expect(column(long, 0)[100]).toBe(0);
  });

  it('clock drift takes more samples in the same time, and the signal at their times', () => {
    const fast = run([{ kind: 'clock-drift', partsPerMillion: 100_000 }]);
    expect(fast.deliveries).toHaveLength(55);
    fast.deliveries.forEach(({ atS, counts }) =>
      expect(Math.abs(counts[0]! - atS * 100)).toBeLessThanOrEqual(0.5),
    );
    expect(run([{ kind: 'clock-drift', partsPerMillion: -100_000 }]).deliveries).toHaveLength(45);
  });

  it('jitter moves samples around their times and never back', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 300, noNaN: true }), (standardDeviationMs) => {
        const { deliveries } = run([{ kind: 'jitter', standardDeviationMs }]);
        expect(deliveries).toHaveLength(50);
        for (let index = 1; index < deliveries.length; index++)
          expect(deliveries[index]!.atS).toBeGreaterThanOrEqual(deliveries[index - 1]!.atS);
      }),
    );
  });

  it('saturation cuts off one channel or all, only while it lasts', () => {
    const cut = { kind: 'saturation', fromS: 2, toS: 3, lowCounts: -25, highCounts: 205 } as const;
    const both = run([cut]);
    expect(column(both, 0).slice(19, 31)).toEqual([190, 200, ...Array<number>(9).fill(205), 300]);
    expect(column(both, 1)[27]).toBe(-25);
    expect(column(run([{ ...cut, channel: 'bvp' }]), 1)[27]).toBe(-27);
  });

  it('a dropout repeats the last sample, gives zeros, or nothing', () => {
    const lost = { kind: 'dropout', sensor: 'ppg', fromS: 1, toS: 1.5 } as const;
    expect(column(run([{ ...lost, shows: 'last' }]), 0).slice(9, 16)).toEqual([90, 90, 90, 90, 90, 90, 150]);
    expect(column(run([{ ...lost, shows: 'zero' }]), 0).slice(9, 16)).toEqual([90, 0, 0, 0, 0, 0, 150]);
    expect(column(run([{ ...lost, shows: 'zero' }]), 1)[12]).toBe(-12);
    const silent = run([{ ...lost, shows: 'nothing' }]).deliveries.filter(({ silent: s }) => s.has('ppg'));
    expect(silent.map(({ atS }) => Math.round(atS * 10))).toEqual([10, 11, 12, 13, 14]);
  });

  it('a brown-out takes what would have come, and resets behind it', () => {
    const { deliveries, resetsS } = run([{ kind: 'brown-out', atS: 2, downS: 1 }]);
    expect(deliveries).toHaveLength(40);
    expect(resetsS).toEqual([3]);
    expect(run([{ kind: 'brown-out', atS: 4, downS: 3 }]).resetsS).toEqual([]);
  });
});

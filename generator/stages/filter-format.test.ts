import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { designBandpass } from './butterworth.ts';
import { filterFormat, filterMemory } from './filter-format.ts';
import { cascadeNorms, memorySamples, poleRadius } from './impulse.ts';
import { DIFFERENCE_LIMIT } from './raw-count.ts';

const pulse = (rateHz: number) =>
  filterFormat(designBandpass(rateHz, 0.5, 8), DIFFERENCE_LIMIT, 'preprocess[0]');

describe('filterFormat', () => {
  it.each([20, 25, 50, 64, 100, 128, 512])(
    'proves the 0.5 to 8 Hz filter at %d Hz with six fractional bits',
    (rateHz) => {
      const format = pulse(rateHz);
      expect(format.fractionBits).toBe(6);
      expect(format.outputLimit).toBeLessThanOrEqual(2 ** 30);
      expect(format.proofs).toHaveLength(4);
      for (const { worstCase, limit } of format.proofs) expect(worstCase).toBeLessThan(limit);
    },
  );

  it('keeps every coefficient in 32 bits and the zeros of the high-pass exact', () => {
    for (const rateHz of [20, 512]) {
      const { sections } = pulse(rateHz);
      for (const c of sections.flatMap((s) => s.coefficients)) expect(c).toBe(c | 0);
      const [b0, b1, b2] = sections[1].coefficients;
      expect([b0 - b2, b0 + b1 + b2]).toEqual([0, 0]);
    }
  });

  it('feeds back rounding errors with the poles rounded to integers', () => {
    expect(pulse(512).sections.map((s) => s.coefficients.slice(5))).toEqual([
      [2, -1],
      [2, -1],
    ]);
    expect(pulse(25).sections[0].coefficients.slice(5)).toEqual([0, 0]);
  });

  it('does not care where a cascade carries its gain', () => {
    const [first, second] = designBandpass(100, 0.5, 8);
    const moved = [first.map((v, i) => (i < 3 ? v * 2000 : v)), second.map((v, i) => (i < 3 ? v / 2000 : v))];
    const [a, b] = [pulse(100), filterFormat(moved, DIFFERENCE_LIMIT, 'x')];
    expect(b.fractionBits).toBe(a.fractionBits);
    expect(b.scale).toBe(a.scale);
  });

  it('refuses poles too near to the unit circle (ESC219)', () => {
    expect(() =>
      filterFormat(designBandpass(10000, 0.001, 5), DIFFERENCE_LIMIT, 'p.json: preprocess[0]'),
    ).toThrow(/ESC219 p\.json: preprocess\[0\].*Raise the lower edge/);
  });
});

describe('memorySamples', () => {
  it('is where what is left of a geometric series falls below the least', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 1e-12, max: 0.5, noNaN: true }),
        (pole, least) => {
          const samples = memorySamples([{ b: [1, 0, 0], a: [-pole, 0] }], least);
          const left = (n: number) => pole ** n / (1 - pole);
          expect(left(samples)).toBeLessThanOrEqual(least * (1 + 1e-6));
          expect(left(samples - 1)).toBeGreaterThan(least * (1 - 1e-6));
        },
      ),
    );
  });

  it('lasts more than two windows of 4 s behind the widest converter, at every rate', () => {
    for (const rateHz of [20, 64, 512]) {
      const seconds = filterMemory(pulse(rateHz), DIFFERENCE_LIMIT) / rateHz;
      expect(seconds).toBeGreaterThan(8);
      expect(seconds).toBeLessThan(12);
    }
  });
});

describe('cascadeNorms', () => {
  it('is the sum of a geometric series for one pole', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.99, max: 0.99, noNaN: true }), (pole) => {
        const [norm] = cascadeNorms([{ b: [1, 0, 0], a: [-pole, 0] }])!;
        expect(norm).toBeGreaterThanOrEqual(1 / (1 - Math.abs(pole)));
        expect(norm).toBeLessThan((1 + 1e-5) / (1 - Math.abs(pole)));
      }),
    );
  });

  it('gives up on a response that does not die away', () => {
    expect(cascadeNorms([{ b: [1, 0, 0], a: [-(1 - 1e-9), 0] }])).toBeUndefined();
  });

  it('knows the radius of real and conjugate poles', () => {
    expect(poleRadius([-1.5, 0.56])).toBeCloseTo(0.8, 12);
    expect(poleRadius([0, 0.81])).toBeCloseTo(0.9, 12);
  });
});

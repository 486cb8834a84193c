import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { log2Q24 } from './log2.ts';
import { factorOf, toFixed } from './scaled.ts';

describe('log2Q24', () => {
  it('is never too large and less than 2^-23 too small', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (v) => {
        const error = log2Q24(v) / 2 ** 24 - Math.log2(v);
        expect(error).toBeLessThan(1e-14);
        expect(error).toBeGreaterThan(-(2 ** -23));
      }),
    );
    for (let k = 0; k < 31; k++) expect(log2Q24(2 ** k)).toBe(k * 2 ** 24);
  });
});

describe('toFixed', () => {
  const factor = fc.tuple(fc.double({ min: 1, max: 2, noNaN: true }), fc.integer({ min: -200, max: 200 }));

  it('is off by half a step and 2^-30 of the value', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }),
        fc.integer({ min: -40, max: 40 }),
        factor,
        (value, exponent, [mantissa, power]) => {
          const real = mantissa * 2 ** power;
          const exact = Number(value) * 2 ** exponent * real;
          const expected = Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, exact));
          const found = toFixed(value, exponent, factorOf(real));
          expect(Math.abs(found - expected)).toBeLessThanOrEqual(0.5 + Math.abs(expected) * 2 ** -30);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('has factors of 31 bits', () => {
    for (const real of [1, 0.5, 2 - 2 ** -40, 1e-40, 3e30, 1 - 2 ** -53]) {
      const { m, shift } = factorOf(real);
      expect(m).toBeGreaterThanOrEqual(2 ** 30);
      expect(m).toBeLessThan(2 ** 31);
      expect(Math.abs((m * 2 ** -shift) / real - 1)).toBeLessThanOrEqual(2 ** -31);
    }
    expect(factorOf(0).m).toBe(0);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiplier, multipliers, narrowMultiplier } from './multiplier.ts';

const ratio = fc.double({ min: 1e-12, max: 1e6, noNaN: true });

describe('multipliers', () => {
  it('use at least 30 bits for the largest ratio, unless the shift has reached its end', () => {
    fc.assert(
      fc.property(fc.array(ratio, { minLength: 1, maxLength: 8 }), (ratios) => {
        const { m, shift } = multipliers(ratios);
        ratios.forEach((r, k) => expect(Math.abs(m[k] - r * 2 ** shift)).toBeLessThanOrEqual(0.5));
        const largest = Math.max(...m);
        expect(largest).toBeLessThan(2 ** 31);
        expect(largest >= 2 ** 30 - 1 || shift === 62).toBe(true);
      }),
    );
  });

  it('are exact for powers of two and zero for zero', () => {
    expect(multiplier(0.125)).toEqual({ m: 2 ** 30, shift: 33 });
    expect(multipliers([0, 0]).m).toEqual(Int32Array.of(0, 0));
  });

  it('never reach 2^31 when the ratio rounds up', () => {
    const { m } = multiplier(1 - 2 ** -40);
    expect(m).toBeLessThan(2 ** 31);
  });

  it('stay narrow for rescaling int16 in 32 bits', () => {
    fc.assert(
      fc.property(ratio, (r) => {
        const { m, shift } = narrowMultiplier(r);
        expect(m).toBeLessThanOrEqual(32767);
        expect(shift).toBeLessThanOrEqual(30);
        if (r < 32767 && shift < 30) expect(Math.abs(m / 2 ** shift / r - 1)).toBeLessThan(2 ** -14);
      }),
    );
    expect(narrowMultiplier(4096 / 32768)).toEqual({ m: 16384, shift: 17 });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { band, decimalsFor, fixed, plainNumber, significant, withBand } from './number.ts';

describe('significant', () => {
  it('keeps three digits and no exponent', () => {
    expect([212.34, 21.24, 2.124, 0.02124, 0, 99.96, 999.6].map((value) => significant(value))).toEqual([
      '212',
      '21.2',
      '2.12',
      '0.0212',
      '0',
      '100',
      '1000',
    ]);
  });

  it('groups digits from ten thousand on', () => {
    expect(significant(9999)).toBe('9999');
    expect(significant(12_345)).toBe('12,345');
    expect(significant(-1_234_567)).toBe('-1,234,567');
  });

  it('is never more than half a percent off', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (value) => {
        const shown = Number(significant(value).replaceAll(',', ''));
        return Math.abs(shown - value) <= value * 0.005 + 1e-9;
      }),
    );
  });
});

describe('fixed', () => {
  it('shows no negative zero and no infinity', () => {
    expect(fixed(-0.001, 1)).toBe('0.0');
    expect(fixed(Number.POSITIVE_INFINITY, 1)).toBe('-');
    expect(fixed(Number.NaN, 1)).toBe('-');
  });
});

describe('bands', () => {
  it('have the decimals of their value, and are left out of exact figures', () => {
    expect(withBand({ value: 212.4, low: 190.06, high: 240 }, 'ms')).toBe('212 ms [190..240]');
    expect(withBand({ value: 8.5, low: 8, high: 12.25 })).toBe('8.50 [8.00..12.25]');
    expect(withBand({ value: 3, low: 3, high: 3 }, 'ms')).toBe('3.00 ms');
    expect(band({ value: 3, low: 3, high: 3 })).toBe('');
  });
});

describe('decimalsFor', () => {
  it('follows the magnitude after rounding', () => {
    expect([0.0999, 0.9999, 9.999, 99.99].map((value) => decimalsFor(value))).toEqual([4, 2, 1, 0]);
  });
});

describe('plainNumber', () => {
  it('writes a setting as short as it can be written', () => {
    expect([64, 24.995, 0.1 + 0.2, 1.2e6].map(plainNumber)).toEqual(['64', '24.995', '0.3', '1,200,000']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfToNumber, numberToHalf } from './half.ts';

describe('half precision', () => {
  // Wikipedia, "Half-precision floating-point format", table of examples.
  it.each([
    [0x0000, 0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x3bff, 0.99951171875],
    [0x3c00, 1],
    [0x3c01, 1.0009765625],
    [0x7bff, 65504],
    [0x7c00, Infinity],
    [0xc000, -2],
    [0xfc00, -Infinity],
  ])('knows pattern %i', (bits, value) => {
    expect(halfToNumber(bits)).toBe(value);
    expect(numberToHalf(value)).toBe(bits);
  });

  it('brings back every pattern but those of NaN', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = halfToNumber(bits);
      if (Number.isNaN(value)) expect(numberToHalf(value)).toBe(0x7e00);
      else expect(numberToHalf(value)).toBe(bits);
    }
  });

  it('rounds to the nearest neighbour, ties to the even pattern', () => {
    expect(numberToHalf(1 + 2 ** -11)).toBe(0x3c00);
    expect(numberToHalf(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(numberToHalf(65519.99)).toBe(0x7bff);
    expect(numberToHalf(65520)).toBe(0x7c00);
    fc.assert(
      fc.property(fc.double({ min: -65504, max: 65504, noNaN: true }), (value) => {
        const bits = numberToHalf(value);
        const error = Math.abs(halfToNumber(bits) - value);
        for (const neighbour of [bits - 1, bits + 1].map((b) => halfToNumber(b & 0xffff)))
          if (Number.isFinite(neighbour)) expect(error).toBeLessThanOrEqual(Math.abs(neighbour - value));
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { sigmoidQ16, tanhQ15 } from '../layers/integer/activations.ts';
import { exp2Q15, scaleDown } from '../layers/integer/exp2.ts';
import { exp2Table, tableErrors, tanhTable } from './tables.ts';

/** Every input that does not give what an end of the range gives, and some that do. */
const inputs = Array.from({ length: 2 ** 20 + 200 }, (_, k) => k - 524288 - 100);
const values = inputs.map((z) => tanhQ15(z, tanhTable));

describe('function tables', () => {
  it('tanh is monotone, zero at zero and never leaves -32767 .. 32767', () => {
    expect(values.every((value, k) => k === 0 || value >= values[k - 1])).toBe(true);
    expect([values[0], tanhQ15(0, tanhTable), values.at(-1)]).toEqual([-32767, 0, 32767]);
    for (const z of [-(2 ** 31), 2 ** 31 - 2 ** 19 - 1])
      expect(tanhQ15(z, tanhTable)).toBe(z < 0 ? -32767 : 32767);
  });

  it('tanh is nearly odd: rounding down costs at most one step', () => {
    const odd = (z: number): number => Math.abs(tanhQ15(-z, tanhTable) + tanhQ15(z, tanhTable));
    expect(inputs.every((z) => odd(z) <= 1)).toBe(true);
  });

  it('tanh has no bias: rounding up the nodes makes good for rounding down between them', () => {
    const bias = inputs.reduce((sum, z, k) => sum + values[k] / 32768 - Math.tanh(z / 65536), 0);
    expect(Math.abs(bias / inputs.length) * 32768).toBeLessThan(0.1);
  });

  it('sigmoid stays in 1 .. 65535 and is one half at zero', () => {
    expect([sigmoidQ16(-(2 ** 31), tanhTable), sigmoidQ16(2 ** 30, tanhTable)]).toEqual([1, 65535]);
    expect(sigmoidQ16(0, tanhTable)).toBe(32768);
  });

  it('is off by less than three steps of Q15 anywhere, over every input there is', () => {
    const worst = inputs.reduce(
      (most, z, k) =>
        Math.max(most, Math.abs(values[k] / 32768 - Math.tanh(Math.max(-8, Math.min(8, z / 65536))))),
      0,
    );
    const [tanh, sigmoid, exp2] = tableErrors();
    expect(tanh.largest).toBeCloseTo(worst, 8);
    expect([tanh.inputs, sigmoid.inputs, exp2.inputs]).toEqual([2 ** 20, 2 ** 20, 65536]);
    expect(tanh.largest * 32768).toBeLessThan(3);
    expect(sigmoid.largest * 32768).toBeLessThan(1.5);
    expect(exp2.largest * 32768).toBeLessThan(2);
  });

  it('sigmoid is off as the report says', () => {
    const error = (z: number): number => sigmoidQ16(z, tanhTable) / 65536 - 1 / (1 + Math.exp(-z / 32768));
    const [, sigmoid] = tableErrors();
    expect(Math.abs(error(sigmoid.at * 32768))).toBeCloseTo(sigmoid.largest, 9);
  });

  it('powers of two keep their mantissa below 2^16, so that a product with an int16 fits 32 bits', () => {
    for (let f = 1; f < 65536; f++) {
      const mantissa = exp2Q15(f, exp2Table);
      expect(mantissa).toBeGreaterThanOrEqual(exp2Q15(f - 1, exp2Table));
      expect(mantissa).toBeLessThan(65536);
    }
    expect(exp2Q15(0, exp2Table)).toBe(32768);
    expect(65535 * -32768).toBeGreaterThanOrEqual(-(2 ** 31));
  });

  it('scales a mantissa down to nothing from exponent 17 on, however large the exponent', () => {
    expect(scaleDown(65535, 16)).toBe(1);
    for (const exponent of [17, 30, 31, 32, 64, 98303]) expect(scaleDown(65535, exponent)).toBe(0);
  });
});

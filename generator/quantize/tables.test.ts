import { describe, expect, it } from 'vitest';
import { sigmoidQ15, tanhQ15 } from '../layers/integer/activations.ts';
import { exp2Q15, scaleDown } from '../layers/integer/exp2.ts';
import { exp2Table, tableErrors, tanhTable } from './tables.ts';

const inputs = Array.from({ length: 65536 }, (_, k) => k - 32768);

describe('function tables', () => {
  it('tanh is odd, monotone and never leaves -32767 .. 32767', () => {
    const values = inputs.map((z) => tanhQ15(z, tanhTable));
    for (let k = 1; k < values.length; k++) expect(values[k]).toBeGreaterThanOrEqual(values[k - 1]);
    for (let z = 0; z < 32768; z++) expect(tanhQ15(-z, tanhTable) + tanhQ15(z, tanhTable)).toBe(0);
    expect([values[0], values[65535]]).toEqual([-32767, 32767]);
  });

  it('sigmoid stays in 0 .. 32767 and is one half at zero', () => {
    const values = inputs.map((z) => sigmoidQ15(z, tanhTable));
    expect(Math.min(...values.slice(0, 100))).toBe(0);
    expect(Math.max(...values.slice(-100))).toBe(32767);
    expect(sigmoidQ15(0, tanhTable)).toBe(16384);
  });

  it('is off by less than two steps of Q15 anywhere, over every input there is', () => {
    for (const { largest, inputs: tried } of tableErrors()) {
      expect(tried).toBe(65536);
      expect(largest * 32768).toBeLessThan(2);
    }
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

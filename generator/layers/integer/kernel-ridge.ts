/** Twin of assembly/kernel-ridge.ts. */
import { toFixed, type Factor } from '../../features/integer/scaled.ts';
import { exp2Q15, scaleDown } from './exp2.ts';
import { saturate16 } from './fixed.ts';

export function linearRidge(x: Int16Array, weights: Int16Array, bias: bigint, factor: Factor): number {
  const sum = x.reduce((total, v, k) => total + BigInt(v * weights[k]), bias);
  return saturate16(toFixed(sum, 0, factor));
}

export interface RadialTables {
  vectors: Int16Array;
  coefficients: Int16Array;
  bias: bigint;
  toExponent: Factor;
  exp2Table: Int16Array;
  factor: Factor;
}

export function radialRidge(x: Int16Array, t: RadialTables): number {
  let sum = t.bias;
  t.coefficients.forEach((c, v) => {
    // Exact in a double: at most 2^34 a feature.
    const distance = x.reduce((total, value, k) => total + (value - t.vectors[v * x.length + k]) ** 2, 0);
    const exponent = -toFixed(BigInt(distance), 0, t.toExponent);
    const kernel = scaleDown(exp2Q15(exponent & 0xffff, t.exp2Table), -(exponent >> 16));
    sum += BigInt(kernel * c);
  });
  return saturate16(toFixed(sum, 0, t.factor));
}

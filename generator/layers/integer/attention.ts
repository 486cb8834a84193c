/** Twin of assembly/attention.ts. The method is told there. */
import { tanhQ15 } from './activations.ts';
import { exp2Q15, scaleDown } from './exp2.ts';
import { divideRound, multiplyShift, roundShift32, saturate16 } from './fixed.ts';

const LOWEST = -65536;

export interface AttentionPool {
  steps: number;
  features: number;
  x: Int16Array;
  xStart: number;
  y: Int16Array;
  yStart: number;
  scoreWeights: Int16Array;
  scoreBias: number;
  /** Brings x to Q16; absent: no tanh. */
  toTanh?: { m: number; shift: number; table: Int16Array };
  /** Brings a score to log2 units in Q16. */
  toExponent: { m: number; shift: number };
  exp2Table: Int16Array;
  sums: Int32Array;
  poolShift: number;
}

export function attentionPool(p: AttentionPool): void {
  const { features, x, sums, toTanh, scoreWeights, poolShift } = p;
  sums.fill(0, 0, features);
  let top = LOWEST;
  let total = 0;
  for (let step = 0; step < p.steps; step++) {
    const at = p.xStart + step * features;
    let score = p.scoreBias;
    for (let k = 0; k < features; k++) {
      const input = x[at + k];
      const scored = toTanh
        ? tanhQ15(roundShift32(Math.imul(input, toTanh.m), toTanh.shift), toTanh.table)
        : input;
      score = (score + Math.imul(scored, scoreWeights[k])) | 0;
    }
    const exponent = multiplyShift(score, p.toExponent.m, p.toExponent.shift);
    const rise = Math.max((exponent >> 16) - top, 0);
    const drop = Math.min(rise, 31);
    top += rise;
    const weight = scaleDown(exp2Q15(exponent & 0xffff, p.exp2Table), top - (exponent >> 16));
    total = roundShift32(total, drop) + weight;
    for (let k = 0; k < features; k++)
      sums[k] = roundShift32(sums[k], drop) + roundShift32(Math.imul(weight, x[at + k]), poolShift);
  }
  const reciprocal = reciprocalOf(total);
  for (let k = 0; k < features; k++)
    p.y[p.yStart + k] = saturate16(multiplyShift(sums[k], reciprocal, 45 - poolShift));
}

/** 2^45 / total, for 2^15 <= total < 2^31. */
export const reciprocalOf = (total: number): number => divideRound(2 ** 45, total);

/** Twin of assembly/softmax.ts. */
import { reciprocalOf } from './attention.ts';
import { exp2Q15, scaleDown } from './exp2.ts';
import { multiplyShift } from './fixed.ts';

const FARTHEST = -32 * 65536;

export interface Softmax {
  steps: number;
  features: number;
  x: Int16Array;
  xStart: number;
  y: Int16Array;
  yStart: number;
  toExponent: { m: number; shift: number };
  exp2Table: Int16Array;
}

export function softmax(p: Softmax): void {
  for (let step = 0; step < p.steps; step++) {
    const xAt = p.xStart + step * p.features;
    const yAt = p.yStart + step * p.features;
    let largest = p.x[xAt];
    for (let k = 1; k < p.features; k++) largest = Math.max(largest, p.x[xAt + k]);
    let total = 0;
    for (let k = 0; k < p.features; k++) {
      const below = p.x[xAt + k] - largest;
      const distance = Math.max(multiplyShift(below, p.toExponent.m, p.toExponent.shift), FARTHEST);
      const share = scaleDown(exp2Q15(distance & 0xffff, p.exp2Table), -(distance >> 16));
      p.y[yAt + k] = share;
      total += share;
    }
    const reciprocal = reciprocalOf(total);
    for (let k = 0; k < p.features; k++) {
      const share = p.y[yAt + k] & 0xffff;
      p.y[yAt + k] = Math.min(multiplyShift(share, reciprocal, 30), 32767);
    }
  }
}

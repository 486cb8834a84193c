/** Twin of assembly/elementwise.ts, one value at a time. */
import { sigmoidQ16, tanhQ15 } from './activations.ts';
import { roundShift32 } from './fixed.ts';

export const relu = (x: number): number => (x < 0 ? 0 : x);

export const tanh = (x: number, m: number, shift: number, table: Int16Array): number =>
  tanhQ15(roundShift32(Math.imul(x, m), shift), table);

export const sigmoid = (x: number, m: number, shift: number, table: Int16Array): number =>
  sigmoidQ16(roundShift32(Math.imul(x, m), shift), table) >> 1;

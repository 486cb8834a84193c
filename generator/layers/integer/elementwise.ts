/** Twin of assembly/elementwise.ts, one value at a time. */
import { sigmoidQ15, tanhQ15 } from './activations.ts';
import { rescale16 } from './fixed.ts';

export const relu = (x: number): number => (x < 0 ? 0 : x);

export const tanh = (x: number, m: number, shift: number, table: Int16Array): number =>
  tanhQ15(rescale16(x, m, shift), table);

export const sigmoid = (x: number, m: number, shift: number, table: Int16Array): number =>
  sigmoidQ15(rescale16(x, m, shift), table);

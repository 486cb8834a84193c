/** Twin of assembly/activations.ts. */
import { roundShift32 } from './fixed.ts';

/** tanh(z / 4096) in Q15 for any int16 z. */
export function tanhQ15(z: number, table: Int16Array): number {
  const sign = z >> 31;
  const magnitude = (z ^ sign) - sign;
  const entry = magnitude >> 6;
  const value = table[entry] + roundShift32(Math.imul(table[entry + 1] - table[entry], magnitude & 63), 6);
  return (value ^ sign) - sign;
}

/** sigmoid(z / 2048) in Q15 for any int16 z. */
export const sigmoidQ15 = (z: number, table: Int16Array): number => (32768 + tanhQ15(z, table)) >> 1;

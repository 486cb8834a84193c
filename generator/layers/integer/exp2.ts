/** Twin of assembly/exp2.ts. */
import { roundShift32 } from './fixed.ts';

/** 2^(fraction / 65536) in Q15 for a fraction of 16 bits: 32768 .. 65535. */
export function exp2Q15(fraction: number, table: Int16Array): number {
  const entry = fraction >> 9;
  const low = table[entry] & 0xffff;
  const high = table[entry + 1] & 0xffff;
  return 32768 + low + (Math.imul(high - low, fraction & 511) >> 9);
}

/** mantissa / 2^exponent, rounded, for a mantissa below 2^16 and any exponent >= 0. */
export const scaleDown = (mantissa: number, exponent: number): number =>
  roundShift32(mantissa, exponent < 31 ? exponent : 31);

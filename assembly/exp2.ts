/**
 * Powers of two with an integer exponent and a table for the fraction. docs/numbers.md, section 3; TypeScript twin:
 * generator/layers/integer/exp2.ts.
 *
 * The table holds 2^(k / 128) - 1 in Q15 for k = 0 .. 128, read unsigned (the last entry is 32768): i16[129].
 */
import { roundShift32 } from "./fixed";

/** 2^(fraction / 65536) in Q15 for a fraction of 16 bits: 32768 .. 65535 (the interpolation truncates). */
// @ts-ignore: decorator
@inline
export function exp2Q15(fraction: i32, table: usize): i32 {
  const entry = table + (<usize>(fraction >> 9) << 1);
  const low = <i32>load<u16>(entry);
  const high = <i32>load<u16>(entry, 2);
  return 32768 + low + (((high - low) * (fraction & 511)) >> 9);
}

/** mantissa / 2^exponent, rounded, for a mantissa below 2^16 and any exponent >= 0 (0 from 17 on). */
// @ts-ignore: decorator
@inline
export function scaleDown(mantissa: i32, exponent: i32): i32 {
  return roundShift32(mantissa, exponent < 31 ? exponent : 31);
}

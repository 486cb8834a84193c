/**
 * tanh and sigmoid by one table. docs/numbers.md, section 3; TypeScript twin: generator/layers/integer/activations.ts.
 *
 * The table holds tanh(k / 64) in Q15 for k = 0 .. 512, and its last entry twice (a reader at the very end may
 * look one entry ahead): i16[514]. Between two entries the value is interpolated over 64 steps.
 * tanh is odd, so magnitudes are looked up and the sign is put back.
 */
import { roundShift32 } from "./fixed";

/** tanh(z / 4096) in Q15, for any int16 z (Q12, -8 .. 8). The result lies in -32767 .. 32767. */
// @ts-ignore: decorator
@inline
export function tanhQ15(z: i32, table: usize): i32 {
  const sign = z >> 31;
  const magnitude = (z ^ sign) - sign;
  const entry = table + (<usize>(magnitude >> 6) << 1);
  const low = <i32>load<i16>(entry);
  const high = <i32>load<i16>(entry, 2);
  const value = low + roundShift32((high - low) * (magnitude & 63), 6);
  return (value ^ sign) - sign;
}

/**
 * sigmoid(z / 2048) in Q15, for any int16 z (Q11, -16 .. 16). The result lies in 0 .. 32767.
 * sigmoid(v) = (1 + tanh(v / 2)) / 2, and v / 2 in Q12 is the same integer as v in Q11.
 */
// @ts-ignore: decorator
@inline
export function sigmoidQ15(z: i32, table: usize): i32 {
  return (32768 + tanhQ15(z, table)) >> 1;
}

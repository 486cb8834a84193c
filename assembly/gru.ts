/**
 * What a GRU unit does with its gates. docs/numbers.md, section 5; TypeScript twin: generator/layers/integer/gru.ts.
 *
 *     h' = (1 - z) n + z h
 *
 * z, r in 2^-16 (1 .. 65535), n in Q15, h in the format of the state: Q15, or wider by `shift` bits.
 */
import { roundShift32 } from "./fixed";

/** r * value / 2^16 for a value of 32 bits, rounded down. */
// @ts-ignore: decorator
@inline
export function kept(r: i32, value: i32): i32 {
  return <i32>((<i64>r * <i64>value) >> 16);
}

/** (1 - z) n + z h. A weighted mean: it cannot leave the format, and its products fit 32 bits together. */
// @ts-ignore: decorator
@inline
export function blend(z: i32, n: i32, h: i32, shift: i32): i32 {
  return (z * h + (65536 - z) * roundShift32(n, shift) + 32768) >> 16;
}

/** r * h / 2^16 for a state h, rounded: what the candidate sees of it when the reset comes before the matrix. */
// @ts-ignore: decorator
@inline
export function keptState(r: i32, h: i32): i32 {
  return (r * h + 32768) >> 16;
}

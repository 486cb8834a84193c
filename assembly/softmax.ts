/**
 * Softmax over the features of every row. docs/numbers.md, section 6; TypeScript twin:
 * generator/layers/integer/softmax.ts.
 */
import { exp2Q15, scaleDown } from "./exp2";
import { divideRound, roundShift64 } from "./fixed";

/** Log2 distances beyond this (Q16) weigh nothing. */
const FARTHEST: i64 = -32 << 16;

/**
 * x: i16[steps][features]; y: i16[steps][features] in Q15 (1 becomes 32767). `toExponent` and its shift bring
 * differences of x to log2 units in Q16. y first holds the powers 2^(x - largest), unsigned, then their shares.
 */
// @ts-ignore: decorator
@inline
export function softmax(
  steps: i32, features: i32,
  x: usize, y: usize,
  toExponent: i32, toExponentShift: i32, exp2Table: usize,
): void {
  for (let step = 0; step < steps; step++) {
    const end = x + (<usize>features << 1);
    let largest: i32 = load<i16>(x);
    for (let k = x + 2; k < end; k += 2) largest = max(largest, <i32>load<i16>(k));
    let total = 0;
    for (let power = y; x < end; x += 2, power += 2) {
      const below: i32 = <i32>load<i16>(x) - largest;
      const distance = <i32>max(roundShift64(<i64>below * <i64>toExponent, toExponentShift), FARTHEST);
      const share = scaleDown(exp2Q15(distance & 0xffff, exp2Table), -(distance >> 16));
      store<i16>(power, share);
      total += share;
    }
    const reciprocal = <i32>divideRound(<i64>1 << 45, total);
    for (let k = 0; k < features; k++, y += 2) {
      const share: i32 = load<u16>(y);
      store<i16>(y, min(<i32>roundShift64(<i64>share * <i64>reciprocal, 30), 32767));
    }
  }
}

/**
 * Attention pooling in one pass: y = sum over t of softmax(score)(t) x(t), score(t) = v . tanh(x(t)) + b.
 * docs/numbers.md, section 6; TypeScript twin: generator/layers/integer/attention.ts.
 *
 * Softmax to base 2 with a running exponent. A score is n + f in log2 units and weighs 2^f 2^(n - top), where top is
 * the largest n so far; when a larger n arrives, everything summed before is shifted down by the difference.
 * Only one division for the whole pass, and the time taken does not depend on the data.
 *
 *     scoreWeights  i16[features]   v
 *     sums          i32[features]   sum of weight times x, divided by 2^poolShift
 */
import { exp2Q15, scaleDown } from "./exp2";
import { divideRound, multiplyShift, roundShift32, saturate16 } from "./fixed";
import { tanhQ15 } from "./activations";

/** Below every exponent that a score can have. */
const LOWEST = -65536;

/**
 * x: i16[steps][features]; y: i16[features], in the format of x.
 * `toTanh` and its shift bring x to Q16 (a table at 0: the score is v . x + b without tanh);
 * `toExponent` and its shift bring a score to log2 units in Q16.
 */
// @ts-ignore: decorator
@inline
export function attentionPool(
  steps: i32, features: i32,
  x: usize, y: usize,
  scoreWeights: usize, scoreBias: i32,
  toTanh: i32, toTanhShift: i32, tanhTable: usize,
  toExponent: i32, toExponentShift: i32, exp2Table: usize,
  sums: usize, poolShift: i32,
): void {
  const sumsEnd = sums + (<usize>features << 2);
  for (let sum = sums; sum < sumsEnd; sum += 4) store<i32>(sum, 0);
  let top = LOWEST;
  let total = 0;
  for (let step = 0; step < steps; step++) {
    let score = scoreBias;
    for (let k = x, v = scoreWeights, end = x + (<usize>features << 1); k < end; k += 2, v += 2) {
      const input: i32 = load<i16>(k);
      const scored = tanhTable != 0 ? tanhQ15(roundShift32(input * toTanh, toTanhShift), tanhTable) : input;
      score += scored * load<i16>(v);
    }
    const exponent = multiplyShift(score, toExponent, toExponentShift);
    const rise = max((exponent >> 16) - top, 0);
    const drop = min(rise, 31);
    top += rise;
    const weight = scaleDown(exp2Q15(exponent & 0xffff, exp2Table), top - (exponent >> 16));
    total = roundShift32(total, drop) + weight;
    for (let sum = sums; sum < sumsEnd; sum += 4, x += 2) {
      store<i32>(sum, roundShift32(load<i32>(sum), drop) + roundShift32(weight * load<i16>(x), poolShift));
    }
  }
  const reciprocal = <i32>divideRound(<i64>1 << 45, total);
  for (let sum = sums; sum < sumsEnd; sum += 4, y += 2) {
    store<i16>(y, saturate16(multiplyShift(load<i32>(sum), reciprocal, 45 - poolShift)));
  }
}

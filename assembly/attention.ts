/**
 * Attention pooling in one pass: y = sum over t of softmax(score)(t) x(t), score(t) = v . tanh(x(t)) + b.
 * docs/numbers.md, section 6; TypeScript twin: generator/layers/integer/attention.ts.
 *
 * Softmax to base 2 with a running exponent. A score is n + f in log2 units and weighs 2^f 2^(n - top), where top is
 * the largest n so far; when a larger n arrives, everything summed before is shifted down by the difference.
 * Only one division for the whole pass, and the time taken does not depend on the data.
 *
 *     scoreWeights  i16[features]   v
 *     running       i32[2]          top, and the sum of weights
 *     sums          i32[features]   sum of weight times x, divided by 2^poolShift
 *
 * A row may come as two halves that do not lie side by side: what both directions of a recurrent layer say of a step.
 */
import { exp2Q15, scaleDown } from "./exp2";
import { divideRound, fitted, multiplyShift, roundShift32, saturate16 } from "./fixed";
import { tanhNear, tanhQ15 } from "./activations";

/** Below every exponent that a score can have. */
const LOWEST = -65536;

/** Before the first row. */
// @ts-ignore: decorator
@inline
export function startAttention(features: i32, running: usize, sums: usize): void {
  store<i32>(running, LOWEST);
  store<i32>(running, 0, 4);
  for (const end = sums + (<usize>features << 2); sums < end; sums += 4) store<i32>(sums, 0);
}

/**
 * One row x = [a, b]: T[aCount], T[bCount]; T is i16, or i8 for values that dropped `dropped` bits. `toTanh` and its shift bring x to Q16 (a table at 0: the score is v . x + b
 * without tanh); `toExponent` and its shift bring a score to log2 units in Q16.
 */
// @ts-ignore: decorator
@inline
export function attend<T>(
  a: usize, aCount: i32, b: usize, bCount: i32,
  scoreWeights: usize, scoreBias: i32,
  toTanh: i32, toTanhShift: i32, tanhTable: usize,
  toExponent: i32, toExponentShift: i32, exp2Table: usize,
  running: usize, sums: usize, poolShift: i32, dropped: i32,
): void {
  const score =
    scoreBias +
    scoreOf<T>(a, aCount, scoreWeights, toTanh, toTanhShift, tanhTable, dropped) +
    scoreOf<T>(b, bCount, scoreWeights + (<usize>aCount << 1), toTanh, toTanhShift, tanhTable, dropped);
  const exponent = multiplyShift(score, toExponent, toExponentShift);
  let top = load<i32>(running);
  const rise = max((exponent >> 16) - top, 0);
  const drop = min(rise, 31);
  top += rise;
  const weight = scaleDown(exp2Q15(exponent & 0xffff, exp2Table), top - (exponent >> 16));
  store<i32>(running, top);
  store<i32>(running, roundShift32(load<i32>(running, 4), drop) + weight, 4);
  addWeighted<T>(a, aCount, weight, drop, sums, poolShift, dropped);
  addWeighted<T>(b, bCount, weight, drop, sums + (<usize>aCount << 2), poolShift, dropped);
}

/** y: T[features], in the format of x; without the `dropped` bits where T is i8. */
// @ts-ignore: decorator
@inline
export function finishAttention<T>(
  features: i32, y: usize, running: usize, sums: usize, poolShift: i32, dropped: i32,
): void {
  const reciprocal = <i32>divideRound(<i64>1 << 45, load<i32>(running, 4));
  for (const end = sums + (<usize>features << 2); sums < end; sums += 4, y += sizeof<T>()) {
    store<T>(y, <T>fitted<T>(saturate16(multiplyShift(load<i32>(sums), reciprocal, 45 - poolShift)), dropped));
  }
}

/** v . tanh(x), or v . x; four features a turn. Both parts of a row share the code. */
function scoreOf<T>(
  x: usize, count: i32, v: usize, toTanh: i32, toTanhShift: i32, tanhTable: usize, dropped: i32,
): i32 {
  let score = 0;
  if (count >= 4) {
    const end = x + <usize>(count >> 2) * (4 * sizeof<T>());
    do {
      const x0 = whole<T>(load<T>(x), dropped);
      const x1 = whole<T>(load<T>(x, sizeof<T>()), dropped);
      const x2 = whole<T>(load<T>(x, 2 * sizeof<T>()), dropped);
      const x3 = whole<T>(load<T>(x, 3 * sizeof<T>()), dropped);
      score +=
        squashed(x0, toTanh, toTanhShift, tanhTable) * load<i16>(v) +
        squashed(x1, toTanh, toTanhShift, tanhTable) * load<i16>(v, 2) +
        squashed(x2, toTanh, toTanhShift, tanhTable) * load<i16>(v, 4) +
        squashed(x3, toTanh, toTanhShift, tanhTable) * load<i16>(v, 6);
      x += 4 * sizeof<T>();
      v += 8;
    } while (x < end);
  }
  for (let rest = count & 3; rest > 0; rest--, x += sizeof<T>(), v += 2) {
    score += squashed(whole<T>(load<T>(x), dropped), toTanh, toTanhShift, tanhTable) * load<i16>(v);
  }
  return score;
}

/** tanh(x) in Q15, or x itself. What is in Q15 already needs neither a factor nor a clamp. */
// @ts-ignore: decorator
@inline
function squashed(x: i32, toTanh: i32, toTanhShift: i32, tanhTable: usize): i32 {
  if (tanhTable == 0) return x;
  if (toTanh == 2 << toTanhShift) return tanhNear(x, 15, tanhTable);
  return tanhQ15(roundShift32(x * toTanh, toTanhShift), tanhTable);
}

/** sums = sums / 2^drop + weight x / 2^poolShift, each rounded; four features a turn. */
function addWeighted<T>(
  x: usize, count: i32, weight: i32, drop: i32, sums: usize, poolShift: i32, dropped: i32,
): void {
  const half = <i32>((<u32>1 << drop) >> 1);
  if (count >= 4) {
    const end = x + <usize>(count >> 2) * (4 * sizeof<T>());
    do {
      const x0 = whole<T>(load<T>(x), dropped);
      const x1 = whole<T>(load<T>(x, sizeof<T>()), dropped);
      const x2 = whole<T>(load<T>(x, 2 * sizeof<T>()), dropped);
      const x3 = whole<T>(load<T>(x, 3 * sizeof<T>()), dropped);
      store<i32>(sums, ((load<i32>(sums) + half) >> drop) + roundShift32(weight * x0, poolShift));
      store<i32>(sums, ((load<i32>(sums, 4) + half) >> drop) + roundShift32(weight * x1, poolShift), 4);
      store<i32>(sums, ((load<i32>(sums, 8) + half) >> drop) + roundShift32(weight * x2, poolShift), 8);
      store<i32>(sums, ((load<i32>(sums, 12) + half) >> drop) + roundShift32(weight * x3, poolShift), 12);
      x += 4 * sizeof<T>();
      sums += 16;
    } while (x < end);
  }
  for (let rest = count & 3; rest > 0; rest--, x += sizeof<T>(), sums += 4) {
    const x0 = whole<T>(load<T>(x), dropped);
    store<i32>(sums, ((load<i32>(sums) + half) >> drop) + roundShift32(weight * x0, poolShift));
  }
}

/** A feature in the format of 16 bits. */
// @ts-ignore: decorator
@inline
function whole<T>(x: i32, dropped: i32): i32 {
  return sizeof<T>() == 1 ? x << dropped : x;
}

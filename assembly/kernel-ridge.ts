/**
 * Scores of kernel ridge regression and of anything that has its form: a weighted sum of kernels with stored vectors.
 * docs/numbers-features.md, section 7; TypeScript twin: generator/layers/integer/kernel-ridge.ts.
 *
 * One score decides, so weights have 16 bits and sums 64.
 */
import { exp2Q15, scaleDown } from "./exp2";
import { saturate16 } from "./fixed";
import { toFixed } from "./scaled";
import { squaredDistance } from "./squared-distance";

/** y: i16 = (bias + w . x) m / 2^shift, saturated; x, weights: i16[features]. With a linear kernel all vectors fold into w. */
// @ts-ignore: decorator
@inline
export function linearRidge(
  x: usize, features: i32, weights: usize, bias: i64, m: i32, shift: i64, y: usize,
): void {
  let sum = bias;
  for (const end = x + (<usize>features << 1); x < end; x += 2, weights += 2) {
    sum += <i64>(<i32>load<i16>(x) * <i32>load<i16>(weights));
  }
  store<i16>(y, saturate16(toFixed(sum, 0, m, shift)));
}

/**
 * y: i16 = (bias + sum of c(i) exp(-gamma |x - v(i)|^2)) m / 2^shift, saturated. Squared distances are exact; `toExponent` and its
 * shift bring them to log2 units in Q16.
 *
 *     vectors   i16[count][features]      coefficients   i16[count]
 */
// @ts-ignore: decorator
@inline
export function radialRidge(
  x: usize, features: i32, vectors: usize, coefficients: usize, count: i32, bias: i64,
  toExponent: i32, toExponentShift: i64, exp2Table: usize, m: i32, shift: i64, y: usize,
): void {
  let sum = bias;
  const end = x + (<usize>features << 1);
  for (let v = 0; v < count; v++) {
    const distance = squaredDistance(x, end, vectors);
    vectors += <usize>features << 1;
    const exponent = -toFixed(distance, 0, toExponent, toExponentShift);
    const kernel = scaleDown(exp2Q15(exponent & 0xffff, exp2Table), -(exponent >> 16)); // Q15, at most 1
    sum += <i64>(kernel * <i32>load<i16>(coefficients));
    coefficients += 2;
  }
  store<i16>(y, saturate16(toFixed(sum, 0, m, shift)));
}

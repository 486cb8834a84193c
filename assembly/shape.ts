/**
 * Features that are quotients of sums: each brings its parts to 31 bits, divides once, and goes to its format.
 * TypeScript twin: generator/features/kinds/, one file a feature, with the bounds.
 *
 * power2 of a column that is not constant is at least 2^46, so it is always reduced to 30 or 31 bits.
 */
import { saturate32 } from "./fixed";
import { excess, ratio31, reduce, toFixed } from "./scaled";
import { isqrt } from "./isqrt";
import { squareShift } from "./statistics";

/** n power4 / power2^2; 0 for a constant column. `m` and `shift` hold 1 / step. */
export function kurtosis(power2: i64, power4: i64, steps: i32, m: i32, shift: i64): i32 {
  if (power2 == 0) return 0;
  const a = reduce(power2);
  const square = a * a;
  const b = reduce(square);
  const c = reduce(power4); // at least 2^29 of them, and power4 <= power2^2 / 2^48
  const q = ratio31(c, b);
  // power4 counts in 2^48, the square in 2^(2 excess).
  const exponent = excess(power4) - excess(square) - 2 * excess(power2) + 48 - 31;
  return toFixed(q * <i64>steps, exponent, m, shift);
}

/** sqrt(n) power3 / power2^1.5; 0 for a constant column. `m` and `shift` hold sqrt(n) / step. */
export function skewness(power2: i64, power3: i64, m: i32, shift: i64): i32 {
  if (power2 == 0) return 0;
  const root = isqrt(power2, 8);
  const product = reduce(power2) * reduce(root);
  const b = reduce(product);
  const exponent =
    excess(power3) + 24 - 31 + 8 - excess(product) - excess(power2) - excess(root);
  return toFixed(ratio31(reduce(power3), b), exponent, m, shift);
}

/** cross / sqrt(power2 of both); 0 where one column is constant. `m` and `shift` hold 1 / step. */
export function correlation(power2: i64, partnerPower2: i64, cross: i64, m: i32, shift: i64): i32 {
  if (power2 == 0 || partnerPower2 == 0) return 0;
  const x = isqrt(power2, 8);
  const y = isqrt(partnerPower2, 8);
  const product = reduce(x) * reduce(y);
  const b = reduce(product);
  const exponent = excess(cross) - 31 + 16 - excess(product) - excess(x) - excess(y);
  return toFixed(ratio31(reduce(cross), b), exponent, m, shift);
}

/** sqrt of the mean square; `m` and `shift` hold 1 / (sqrt(n) step). */
export function rootMeanSquare(squares: i64, record: usize, m: i32, shift: i64): i32 {
  return toFixed(isqrt(squares, 16), squareShift(record) - 16, m, shift);
}

/**
 * Half the energy of the deviations and of the spectrum's bin at half the sampling rate, `sum` being the sum with alternating
 * signs (0 for an odd number of steps).
 */
export function spectralEnergy(
  record: usize, sum: i64, m: i32, shift: i64, nyquistM: i32, nyquistShift: i64,
): i32 {
  const a = reduce(sum);
  const energy = toFixed(load<i64>(record, 32), load<i64>(record, 24) * 2, m, shift);
  const nyquist = toFixed(a * a, excess(sum) * 2, nyquistM, nyquistShift);
  return saturate32(<i64>energy + <i64>nyquist);
}

/**
 * The two largest lines of a column's spectrum: deviations from the mean, zeros up to `size`, bins 1 .. size / 2.
 * TypeScript twin: generator/features/passes/spectrum.ts.
 *
 *   spectrum, i64:  +0 power of the largest line  +8 its bin  +16 power of the second  +24 its bin
 *                   +32 exponent: a line is sqrt(power) 2^exponent / n
 */
import { fft } from "./fft";
import { roundShift64 } from "./fixed";
import { bitsOf } from "./scaled";

/**
 * @param ring value of slot 0 of the column, `oldest` bytes from there to the oldest sample
 * @param bits of a deviation: steps * 2^bits <= 2^29
 */
export function spectrum(
  ring: usize, end: usize, stride: usize, oldest: usize, steps: i32, record: usize, bits: i64,
  values: usize, size: i32, twiddles: usize, result: usize,
): void {
  const n = <i64>steps;
  const sum = load<i64>(record);
  const peak = max(n * load<i64>(record, 16) - sum, sum - n * load<i64>(record, 8));
  const exponent: i64 = peak == 0 ? 0 : bitsOf(peak) - bits;
  const left = max<i64>(-exponent, 0);
  const right = max<i64>(exponent, 0);
  let at = ring + oldest;
  let value = values;
  for (let step = 0; step < steps; step++) {
    store<i32>(value, <i32>roundShift64((n * <i64>load<i32>(at) - sum) << left, right));
    store<i32>(value, 0, 4);
    value += 8;
    at = at + stride == end ? ring : at + stride;
  }
  for (const last = values + (<usize>size << 3); value < last; value += 8) store<i64>(value, 0);
  fft(values, size, twiddles);
  let first: i64 = -1;
  let firstBin: i64 = 0;
  let second: i64 = -1;
  let secondBin: i64 = 0;
  for (let bin = 1; bin <= size >> 1; bin++) {
    const re = <i64>load<i32>(values + (<usize>bin << 3));
    const im = <i64>load<i32>(values + (<usize>bin << 3), 4);
    const power = re * re + im * im;
    if (power > first) {
      second = first;
      secondBin = firstBin;
      first = power;
      firstBin = <i64>bin;
    } else if (power > second) {
      second = power;
      secondBin = <i64>bin;
    }
  }
  store<i64>(result, first);
  store<i64>(result, firstBin, 8);
  store<i64>(result, second, 16);
  store<i64>(result, secondBin, 24);
  store<i64>(result, exponent, 32);
}

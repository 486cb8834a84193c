/** Length of a sensor's vector, whatever way the device is turned. TypeScript twin: generator/stages/push.ts. */
import { isqrt } from "./isqrt";

/** sqrt of the sum of squares of `axes` values of at most 30 bits (4 axes at most), times 2^fraction, rounded. */
export function magnitude(values: usize, axes: i32, fraction: i32): i32 {
  let total: i64 = 0;
  for (const end = values + (<usize>axes << 2); values < end; values += 4) {
    const value = <i64>load<i32>(values);
    total += value * value;
  }
  return <i32>((isqrt(total, fraction + 1) + 1) >> 1);
}

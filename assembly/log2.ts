/**
 * Binary logarithm of a whole number, one bit of the fraction a squaring. TypeScript twin: generator/features/integer/log2.ts.
 */

/** log2(v) in Q24 for 1 <= v < 2^31, truncated: at most 2^-23 too small, never too large. */
export function log2Q24(v: i32): i32 {
  const zeros = <i32>clz(v);
  let mantissa = <u64>(<u32>v) << zeros; // 2^31 <= mantissa < 2^32, for 1 .. 2
  let result = 31 - zeros;
  for (let bit = 0; bit < 24; bit++) {
    mantissa = (mantissa * mantissa) >> 31;
    const carry = <i32>(mantissa >> 32);
    mantissa >>= <u64>carry;
    result = (result << 1) | carry;
  }
  return result;
}

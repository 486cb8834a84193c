/** Twin of assembly/log2.ts. Truncated at every step: the result is too small by less than 2^-23, never too large. */
export function log2Q24(v: number): number {
  const zeros = Math.clz32(v);
  let mantissa = BigInt(v) << BigInt(zeros);
  let result = 31 - zeros;
  for (let bit = 0; bit < 24; bit++) {
    mantissa = (mantissa * mantissa) >> 31n;
    const carry = Number(mantissa >> 32n);
    mantissa >>= BigInt(carry);
    result = result * 2 + carry;
  }
  return result;
}

/** IEEE 754 binary16, the F16 of tensor files: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. */

/** The value of a half-precision bit pattern; exact. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The nearest half-precision bit pattern, ties to even; beyond 65504 becomes infinity. */
export function numberToHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= 65520) return sign | 0x7c00;
  const exponent = Math.max(-14, exponentOf(size));
  // Scaling by a power of two is exact, so rounding happens once.
  const steps = roundHalfEven(size * 2 ** (10 - exponent));
  return sign | (steps < 1024 ? steps : ((exponent + 15) << 10) + (steps - 1024));
}

function exponentOf(size: number): number {
  if (size === 0) return -14;
  const guess = Math.floor(Math.log2(size));
  return size < 2 ** guess ? guess - 1 : size >= 2 ** (guess + 1) ? guess + 1 : guess;
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

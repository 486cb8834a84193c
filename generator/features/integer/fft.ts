/**
 * Twin of assembly/fft.ts, and its error bound.
 *
 * Let E(s) be the largest error of a value (as a complex number) after s stages, U the largest input, which is real. A value after s stages is a sum
 * of 2^s inputs at most. A butterfly a + w b adds to the errors of a and b
 *   - the rounding of both parts of w b: sqrt(2) / 2 (none in the first stage, where w = 1 exactly),
 *   - the rounding of w in Q30, 2^-31 in each part: |b| sqrt(2) 2^-31 <= 2^s U 2^-30.5.
 * So E(s + 1) <= 2 E(s) (1 + 2^-30) + sqrt(2) / 2 + 2^s U 2^-30.5, and E(0) is the rounding of the inputs.
 */

/** cos and -sin of 2 pi k / size in Q30, k = 0 .. size / 2 - 1. */
export const twiddles = (size: number): Int32Array<ArrayBuffer> =>
  Int32Array.from({ length: size }, (_, i) => {
    const angle = (2 * Math.PI * (i >> 1)) / size;
    return Math.round((i % 2 ? -Math.sin(angle) : Math.cos(angle)) * 2 ** 30);
  });

/** (x + half) >> 30 of a sum of two products below 2^61: exact, in parts of 32 bits. */
const rounded = (a: bigint): number => Number((a + (1n << 29n)) >> 30n);

/** In place; `values` holds pairs of real and imaginary parts. */
export function fft(values: Int32Array, size: number): void {
  const table = twiddles(size);
  const bits = Math.log2(size);
  for (let k = 0; k < size; k++) {
    let reversed = 0;
    for (let b = 0; b < bits; b++) if (k & (1 << b)) reversed |= 1 << (bits - 1 - b);
    if (k < reversed)
      for (const part of [0, 1]) {
        const swap = values[2 * k + part];
        values[2 * k + part] = values[2 * reversed + part];
        values[2 * reversed + part] = swap;
      }
  }
  for (let half = 1, step = size >> 1; half < size; half *= 2, step >>= 1)
    for (let start = 0; start < size; start += 2 * half)
      for (let k = 0; k < half; k++) {
        const [a, b] = [2 * (start + k), 2 * (start + k + half)];
        const [cos, sin] = [BigInt(table[2 * k * step]), BigInt(table[2 * k * step + 1])];
        const [br, bi] = [BigInt(values[b]), BigInt(values[b + 1])];
        const re = rounded(br * cos - bi * sin);
        const im = rounded(br * sin + bi * cos);
        values[b] = values[a] - re;
        values[b + 1] = values[a + 1] - im;
        values[a] += re;
        values[a + 1] += im;
      }
}

/** Largest distance of an output from the exact transform of inputs that were rounded to at most `largest`, `count` of them not zero. */
export function fftErrorBound(size: number, count: number, largest: number): number {
  let error = 0;
  for (let s = 0; 2 ** s < size; s++)
    error = 2 * error * (1 + 2 ** -30) + (s === 0 ? 0 : Math.SQRT1_2) + 2 ** s * largest * 2 ** -30.5;
  // Roundings of the inputs pass with weight 1 each.
  return error + count / 2;
}

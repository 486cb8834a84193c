/**
 * Radix-2 fast Fourier transform in place, decimation in time, 32-bit values and Q30 twiddle factors, no scaling inside.
 * TypeScript twin: generator/features/integer/fft.ts, with the error bound.
 *
 *   values    i32[size][2]       real and imaginary part
 *   twiddles  i32[size / 2][2]   cos and -sin of 2 pi k / size
 *
 * What comes in must sum to at most 2^29 in magnitude: every value inside is then a sum of some of it, and stays below 2^30.
 */
import { roundShift64 } from "./fixed";

/** Puts values into the order of reversed bits. */
function reverse(values: usize, size: i32): void {
  let reversed = 0;
  for (let k = 1; k < size; k++) {
    let bit = size >> 1;
    while (reversed & bit) {
      reversed ^= bit;
      bit >>= 1;
    }
    reversed |= bit;
    if (k < reversed) {
      const a = values + (<usize>k << 3);
      const b = values + (<usize>reversed << 3);
      const swap = load<i64>(a);
      store<i64>(a, load<i64>(b));
      store<i64>(b, swap);
    }
  }
}

export function fft(values: usize, size: i32, twiddles: usize): void {
  reverse(values, size);
  const end = values + (<usize>size << 3);
  for (let half = 1, step = size >> 1; half < size; half <<= 1, step >>= 1) {
    const away = <usize>half << 3;
    for (let start = values; start < end; start += away << 1) {
      let twiddle = twiddles;
      for (let a = start; a < start + away; a += 8) {
        const b = a + away;
        const cos = <i64>load<i32>(twiddle);
        const sin = <i64>load<i32>(twiddle, 4);
        const br = <i64>load<i32>(b);
        const bi = <i64>load<i32>(b, 4);
        const re = <i32>roundShift64(br * cos - bi * sin, 30);
        const im = <i32>roundShift64(br * sin + bi * cos, 30);
        const ar = load<i32>(a);
        const ai = load<i32>(a, 4);
        store<i32>(a, ar + re);
        store<i32>(a, ai + im, 4);
        store<i32>(b, ar - re);
        store<i32>(b, ai - im, 4);
        twiddle += <usize>step << 3;
      }
    }
  }
}

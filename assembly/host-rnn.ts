/**
 * States of RNN units, four at a time, for the host profile: WebAssembly SIMD, not for flash. Scalar form:
 * generator/layers/recurrent/rnn-cell.ts.
 */

/** next: i16[units] from values of tanh in Q15, i32[units], for a state that is wider than Q15 by `shift` bits. */
export function states(units: i32, values: usize, next: usize, shift: i32): void {
  for (const end = values + (<usize>units << 2); values < end; values += 16, next += 8) {
    const h = v128.load(values);
    const rounded = shift > 0 ? i32x4.shr_s(i32x4.add(h, i32x4.splat((1 << shift) >> 1)), shift) : h;
    v128.store64_lane(next, i16x8.narrow_i32x4_s(rounded, rounded), 0);
  }
}

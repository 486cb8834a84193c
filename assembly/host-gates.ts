/**
 * Gates through their table, four at a time, for the host profile: WebAssembly SIMD, not for flash.
 * docs/numbers.md, sections 3 and 5; scalar form: assembly/gates.ts, activations.ts, whose bits these are.
 *
 *     sums, multipliers   i32[rows], in the same order; sums become values of tanh in Q15, in place
 *     chords              i16[512][2]: rise and lower end of what lies between two nodes of the table
 *     scratch             128 bytes
 */

/**
 * The value, by way of memory: engines keep what they loaded before a loop in a register, but make a constant anew, in three
 * operations, wherever it is used.
 */
// @ts-ignore: decorator
@inline
export function held(value: v128, at: usize): v128 {
  v128.store(at, value);
  return v128.load(at);
}

// @ts-ignore: decorator
@inline
export function lowWords(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(low, high, 0, 2, 4, 6);
}

/** a * b >> shift, lane by lane, where that fits 32 bits: a logical shift has the same low words as an arithmetic one. */
// @ts-ignore: decorator
@inline
export function scaled(a: v128, b: v128, shift: i32): v128 {
  const low = i64x2.extmul_low_i32x4_s(a, b);
  const high = i64x2.extmul_high_i32x4_s(a, b);
  return shifted(low, high, shift);
}

/** a * b + c * d >> shift. */
// @ts-ignore: decorator
@inline
export function scaledSum(a: v128, b: v128, c: v128, d: v128, shift: i32): v128 {
  const low = i64x2.add(i64x2.extmul_low_i32x4_s(a, b), i64x2.extmul_low_i32x4_s(c, d));
  const high = i64x2.add(i64x2.extmul_high_i32x4_s(a, b), i64x2.extmul_high_i32x4_s(c, d));
  return shifted(low, high, shift);
}

// @ts-ignore: decorator
@inline
function shifted(low: v128, high: v128, shift: i32): v128 {
  if (shift == 32) return v128.shuffle<i32>(low, high, 1, 3, 5, 7);
  return lowWords(i64x2.shr_u(low, shift), i64x2.shr_u(high, shift));
}

/**
 * tanhQ15 of four values. -8 is `bottom`, and `middle` points to the chord at 0 of the table of chords: i16 pairs of rise and
 * lower end, so that one load brings both, and low + (rise f >> 11) is (rise f + low 2048) >> 11, a dot product with `shares`.
 * Places of entries go through `at`, i32[4], as it takes three operations to move a lane to where addresses are.
 */
// @ts-ignore: decorator
@inline
export function tanhOfFour(
  z: v128, bottom: v128, top: v128, middle: v128, fraction: v128, whole: v128, at: usize,
): v128 {
  const u = i32x4.min_s(i32x4.max_s(z, bottom), top);
  v128.store(at, i32x4.add(i32x4.shl(i32x4.shr_s(u, 11), 2), middle));
  let chords = v128.load32_zero(<usize>load<i32>(at));
  chords = v128.load32_lane(<usize>load<i32>(at, 4), chords, 1);
  chords = v128.load32_lane(<usize>load<i32>(at, 8), chords, 2);
  chords = v128.load32_lane(<usize>load<i32>(at, 12), chords, 3);
  const shares = v128.or(v128.and(u, fraction), whole);
  return i32x4.shr_s(i32x4.dot_i16x8_s(chords, shares), 11);
}

/** `rows` rows, a multiple of four, that have one sum. */
export function squash(
  rows: i32, sums: usize, multipliers: usize, shift: i32, chords: usize, scratch: usize,
): void {
  const bottom = held(i32x4.splat(-524288), scratch);
  const top = held(i32x4.splat(524287), scratch + 16);
  const middle = held(i32x4.splat(<i32>chords + 1024), scratch + 32);
  const fraction = held(i32x4.splat(2047), scratch + 48);
  const whole = held(i32x4.splat(2048 << 16), scratch + 64);
  for (const end = sums + (<usize>rows << 2); sums < end; sums += 16, multipliers += 16) {
    const z = scaled(v128.load(sums), v128.load(multipliers), shift);
    v128.store(sums, tanhOfFour(z, bottom, top, middle, fraction, whole, scratch));
  }
}

/** Rows that have a sum of inputs, `inputSums`, and a sum of states, with a multiplier each. */
export function squashBoth(
  rows: i32, inputSums: usize, sums: usize, inputMultipliers: usize, multipliers: usize, shift: i32,
  chords: usize, scratch: usize,
): void {
  const bottom = held(i32x4.splat(-524288), scratch);
  const top = held(i32x4.splat(524287), scratch + 16);
  const middle = held(i32x4.splat(<i32>chords + 1024), scratch + 32);
  const fraction = held(i32x4.splat(2047), scratch + 48);
  const whole = held(i32x4.splat(2048 << 16), scratch + 64);
  for (const end = sums + (<usize>rows << 2); sums < end; sums += 16) {
    const x = v128.load(inputSums);
    const h = v128.load(sums);
    const z = scaledSum(x, v128.load(inputMultipliers), h, v128.load(multipliers), shift);
    v128.store(sums, tanhOfFour(z, bottom, top, middle, fraction, whole, scratch));
    inputSums += 16;
    inputMultipliers += 16;
    multipliers += 16;
  }
}

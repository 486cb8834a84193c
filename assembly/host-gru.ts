/**
 * GRU units, four at a time, for the host profile: WebAssembly SIMD, not for flash. docs/numbers.md, section 5; scalar form:
 * assembly/gru.ts, whose bits these are.
 *
 *     z, r, n   update, reset and candidate; m is what the candidate gets of the state
 *     old, next i16[units], states before and after the step
 *     scratch   128 bytes
 *
 * Sums and their multipliers, i32, lie by four units; other arguments as in host-gates.ts.
 */
import { held, lowWords, scaled, scaledSum, tanhOfFour } from "./host-gates";

/** (1 - z) n + z h of four units, from z and r in Q15 around 0, and the parts of the candidate before its table. */
// @ts-ignore: decorator
@inline
function statesOfFour(
  z: v128, r: v128, fresh: v128, recurrent: v128, old: usize, next: usize, shift: i32,
  bottom: v128, top: v128, middle: v128, fraction: v128, whole: v128, half: v128, scratch: usize,
): void {
  const update = i32x4.add(z, half);
  const reset = i32x4.add(r, half);
  const low = i64x2.shr_u(i64x2.extmul_low_i32x4_s(reset, recurrent), 16);
  const high = i64x2.shr_u(i64x2.extmul_high_i32x4_s(reset, recurrent), 16);
  const candidate = i32x4.add(fresh, lowWords(low, high));
  const wide = tanhOfFour(candidate, bottom, top, middle, fraction, whole, scratch);
  const n = shift > 0 ? i32x4.shr_s(i32x4.add(wide, i32x4.splat((1 << shift) >> 1)), shift) : wide;
  const h = v128.load16x4_s(old);
  // (65536 - z) n + z h, and half, is 65536 n + z (h - n) + 32768; all of it fits 32 bits, so parts may wrap.
  const mixed = i32x4.add(i32x4.add(i32x4.shl(n, 16), i32x4.mul(update, i32x4.sub(h, n))), half);
  const states = i32x4.shr_s(mixed, 16);
  v128.store64_lane(next, i16x8.narrow_i32x4_s(states, states), 0);
}

/**
 * `units` units, a multiple of four, whose gates z and r have one sum each: gates [units / 4][z, r][4], fresh (n) and recurrent (m)
 * [units]. `wide`: bits by which a state is wider than Q15.
 */
export function gruUnits(
  units: i32, gates: usize, fresh: usize, recurrent: usize, gateMultipliers: usize, freshMultipliers: usize,
  recurrentMultipliers: usize, old: usize, next: usize, shift: i32, wide: i32, chords: usize, scratch: usize,
): void {
  const bottom = held(i32x4.splat(-524288), scratch);
  const top = held(i32x4.splat(524287), scratch + 16);
  const middle = held(i32x4.splat(<i32>chords + 1024), scratch + 32);
  const fraction = held(i32x4.splat(2047), scratch + 48);
  const whole = held(i32x4.splat(2048 << 16), scratch + 64);
  const half = held(i32x4.splat(32768), scratch + 80);
  for (const end = next + (<usize>units << 1); next < end; next += 8, old += 8) {
    let z = scaled(v128.load(gates), v128.load(gateMultipliers), shift);
    let r = scaled(v128.load(gates, 16), v128.load(gateMultipliers, 16), shift);
    const n = scaled(v128.load(fresh), v128.load(freshMultipliers), shift);
    const m = scaled(v128.load(recurrent), v128.load(recurrentMultipliers), shift);
    z = tanhOfFour(z, bottom, top, middle, fraction, whole, scratch);
    r = tanhOfFour(r, bottom, top, middle, fraction, whole, scratch + 16);
    statesOfFour(z, r, n, m, old, next, wide, bottom, top, middle, fraction, whole, half, scratch);
    gates += 32;
    gateMultipliers += 32;
    fresh += 16;
    freshMultipliers += 16;
    recurrent += 16;
    recurrentMultipliers += 16;
  }
}

/** The same where z and r have a sum of inputs and one of states: inputSums [units / 4][z, r, n][4], sums [units / 4][z, r, m][4]. */
export function gruUnitsOfBoth(
  units: i32, inputSums: usize, sums: usize, inputMultipliers: usize, multipliers: usize, old: usize, next: usize,
  shift: i32, wide: i32, chords: usize, scratch: usize,
): void {
  const bottom = held(i32x4.splat(-524288), scratch);
  const top = held(i32x4.splat(524287), scratch + 16);
  const middle = held(i32x4.splat(<i32>chords + 1024), scratch + 32);
  const fraction = held(i32x4.splat(2047), scratch + 48);
  const whole = held(i32x4.splat(2048 << 16), scratch + 64);
  const half = held(i32x4.splat(32768), scratch + 80);
  for (const end = next + (<usize>units << 1); next < end; next += 8, old += 8) {
    let z = scaledSum(v128.load(inputSums), v128.load(inputMultipliers), v128.load(sums), v128.load(multipliers), shift);
    let r = scaledSum(
      v128.load(inputSums, 16), v128.load(inputMultipliers, 16), v128.load(sums, 16), v128.load(multipliers, 16), shift,
    );
    const n = scaled(v128.load(inputSums, 32), v128.load(inputMultipliers, 32), shift);
    const m = scaled(v128.load(sums, 32), v128.load(multipliers, 32), shift);
    z = tanhOfFour(z, bottom, top, middle, fraction, whole, scratch);
    r = tanhOfFour(r, bottom, top, middle, fraction, whole, scratch + 16);
    statesOfFour(z, r, n, m, old, next, wide, bottom, top, middle, fraction, whole, half, scratch);
    inputSums += 48;
    inputMultipliers += 48;
    sums += 48;
    multipliers += 48;
  }
}

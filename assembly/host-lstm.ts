/**
 * Cells and states of LSTM units, four at a time, for the host profile: WebAssembly SIMD, not for flash.
 * docs/numbers.md, section 5; scalar form: assembly/lstm.ts, whose bits these are.
 *
 *     gates    i32[units / 4][4][4]   i, o, f, g after their table (host-gates.ts), four units side by side
 *     scratch  128 bytes
 *
 * All gates of a step go through their table before this begins: one loop for both holds more chains of dependent operations than
 * a core looks ahead.
 */
import { held, lowWords, tanhOfFour } from "./host-gates";

/** (f c + 65536) >> 16: the cell that a forget gate f in 2^-16 leaves. */
// @ts-ignore: decorator
@inline
function kept(f: v128, c: v128, one: v128): v128 {
  const low = i64x2.add(i64x2.extmul_low_i32x4_s(f, c), one);
  const high = i64x2.add(i64x2.extmul_high_i32x4_s(f, c), one);
  return lowWords(i64x2.shr_u(low, 16), i64x2.shr_u(high, 16));
}

/** Cells, i32[units], and states, i16[units], of `units` units from their gates after the table. */
export function cellsAndStates(
  units: i32, gates: usize, c: usize, next: usize, bits: i32, hiddenShift: i32, chords: usize, scratch: usize,
): void {
  const bottom = held(i32x4.splat(-524288), scratch);
  const top = held(i32x4.splat(524287), scratch + 16);
  const middle = held(i32x4.splat(<i32>chords + 1024), scratch + 32);
  const fraction = held(i32x4.splat(2047), scratch + 48);
  const whole = held(i32x4.splat(2048 << 16), scratch + 64);
  const half = held(i32x4.splat(32768), scratch + 80);
  const one = held(i64x2.splat(65536), scratch + 96);
  const halfState = held(i32x4.splat(1 << (hiddenShift - 1)), scratch + 112);
  for (const end = c + (<usize>units << 2); c < end; c += 16, next += 8, gates += 64) {
    const i = i32x4.add(v128.load(gates), half);
    const o = i32x4.add(v128.load(gates, 16), half);
    const f = i32x4.add(v128.load(gates, 32), half);
    const g = v128.load(gates, 48);
    const cell = i32x4.add(kept(f, v128.load(c), one), i32x4.shr_s(i32x4.mul(i, g), 31 - bits));
    v128.store(c, cell);
    const wide = i32x4.shr_s(cell, bits - 16);
    const squashed = tanhOfFour(wide, bottom, top, middle, fraction, whole, scratch);
    const h = i32x4.shr_s(i32x4.add(i32x4.mul(o, squashed), halfState), hiddenShift);
    v128.store64_lane(next, i16x8.narrow_i32x4_s(h, h), 0);
  }
}

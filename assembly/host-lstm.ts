/**
 * What LSTM units do with their gates, four units at a time, for the host profile: WebAssembly SIMD, not for flash.
 * docs/numbers.md, section 5; scalar form: assembly/lstm.ts, gates.ts, activations.ts, whose bits these are.
 *
 *     sums       i32[units][4]   gates i, o, f, g of a unit side by side
 *     constants  `stride` bytes a unit: biases i32[4], multipliers i32[4], multipliers of the input part i32[4]
 */

/** a * b >> shift, lane by lane, where that fits 32 bits: a logical shift has the same low words as an arithmetic one. */
// @ts-ignore: decorator
@inline
function scaled(a: v128, b: v128, shift: i32): v128 {
  const low = i64x2.shr_u(i64x2.extmul_low_i32x4_s(a, b), shift);
  const high = i64x2.shr_u(i64x2.extmul_high_i32x4_s(a, b), shift);
  return lowWords(low, high);
}

/** (f c + 65536) >> 16: the cell that a forget gate f in 2^-16 leaves. */
// @ts-ignore: decorator
@inline
function kept(f: v128, c: v128): v128 {
  const one = i64x2.splat(65536);
  const low = i64x2.add(i64x2.extmul_low_i32x4_s(f, c), one);
  const high = i64x2.add(i64x2.extmul_high_i32x4_s(f, c), one);
  return lowWords(i64x2.shr_u(low, 16), i64x2.shr_u(high, 16));
}

// @ts-ignore: decorator
@inline
function lowWords(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(low, high, 0, 2, 4, 6);
}

/**
 * tanhQ15 of four values. Two neighbouring entries of the table come with one load, and low + ((high - low) f >> 11) is
 * (low (2048 - f) + high f) >> 11: a dot product.
 */
// @ts-ignore: decorator
@inline
function tanhOfFour(z: v128, table: usize): v128 {
  const raised = i32x4.add(z, i32x4.splat(524288));
  const u = i32x4.min_s(i32x4.max_s(raised, i32x4.splat(0)), i32x4.splat(1048575));
  const entry = i32x4.shl(i32x4.shr_u(u, 11), 1);
  let ends = v128.load32_zero(table + <usize>i32x4.extract_lane(entry, 0));
  ends = v128.load32_lane(table + <usize>i32x4.extract_lane(entry, 1), ends, 1);
  ends = v128.load32_lane(table + <usize>i32x4.extract_lane(entry, 2), ends, 2);
  ends = v128.load32_lane(table + <usize>i32x4.extract_lane(entry, 3), ends, 3);
  const f = v128.and(u, i32x4.splat(2047));
  const shares = i32x4.add(i32x4.sub(i32x4.shl(f, 16), f), i32x4.splat(2048));
  return i32x4.shr_s(i32x4.dot_i16x8_s(ends, shares), 11);
}

/** Gates of one unit before its tables, both parts of a row in one sum. */
// @ts-ignore: decorator
@inline
function gatesOf(sums: usize, constants: usize, shift: i32, table: usize): v128 {
  return tanhOfFour(scaled(v128.load(sums), v128.load(constants, 16), shift), table);
}

/** The same of two sums with a multiplier each. */
// @ts-ignore: decorator
@inline
function gatesOfBoth(inputSums: usize, sums: usize, constants: usize, shift: i32, table: usize): v128 {
  const x = v128.load(inputSums);
  const mx = v128.load(constants, 32);
  const h = v128.load(sums);
  const m = v128.load(constants, 16);
  const low = i64x2.add(i64x2.extmul_low_i32x4_s(x, mx), i64x2.extmul_low_i32x4_s(h, m));
  const high = i64x2.add(i64x2.extmul_high_i32x4_s(x, mx), i64x2.extmul_high_i32x4_s(h, m));
  return tanhOfFour(lowWords(i64x2.shr_u(low, shift), i64x2.shr_u(high, shift)), table);
}

/** Cells and states of four units from their squashed gates [unit][i, o, f, g]. c: i32[4]; next: i16[4]. */
// @ts-ignore: decorator
@inline
function cellsOfFour(
  p: v128, q: v128, r: v128, s: v128,
  c: usize, next: usize, bits: i32, hiddenShift: i32, table: usize,
): void {
  const io0 = v128.shuffle<i32>(p, q, 0, 4, 1, 5);
  const io1 = v128.shuffle<i32>(r, s, 0, 4, 1, 5);
  const fg0 = v128.shuffle<i32>(p, q, 2, 6, 3, 7);
  const fg1 = v128.shuffle<i32>(r, s, 2, 6, 3, 7);
  const half = i32x4.splat(32768);
  const i = i32x4.add(v128.shuffle<i64>(io0, io1, 0, 2), half);
  const o = i32x4.add(v128.shuffle<i64>(io0, io1, 1, 3), half);
  const f = i32x4.add(v128.shuffle<i64>(fg0, fg1, 0, 2), half);
  const g = v128.shuffle<i64>(fg0, fg1, 1, 3);
  const cell = i32x4.add(kept(f, v128.load(c)), i32x4.shr_s(i32x4.mul(i, g), 31 - bits));
  v128.store(c, cell);
  const squashed = tanhOfFour(i32x4.shr_s(cell, bits - 16), table);
  const h = i32x4.shr_s(i32x4.add(i32x4.mul(o, squashed), i32x4.splat(1 << (hiddenShift - 1))), hiddenShift);
  v128.store64_lane(next, i16x8.narrow_i32x4_s(h, h), 0);
}

/** `units` units, a multiple of four, whose rows have one sum. */
// @ts-ignore: decorator
@inline
export function lstmUnits(
  units: i32, sums: usize, constants: usize, stride: usize, shift: i32,
  c: usize, next: usize, bits: i32, hiddenShift: i32, table: usize,
): void {
  for (const end = c + (<usize>units << 2); c < end; c += 16, next += 8, sums += 64) {
    const p = gatesOf(sums, constants, shift, table);
    const q = gatesOf(sums + 16, constants + stride, shift, table);
    const r = gatesOf(sums + 32, constants + 2 * stride, shift, table);
    const s = gatesOf(sums + 48, constants + 3 * stride, shift, table);
    constants += 4 * stride;
    cellsOfFour(p, q, r, s, c, next, bits, hiddenShift, table);
  }
}

/** `units` units, a multiple of four, whose rows have a sum of inputs and a sum of states. */
// @ts-ignore: decorator
@inline
export function lstmUnitsOfBoth(
  units: i32, inputSums: usize, sums: usize, constants: usize, stride: usize, shift: i32,
  c: usize, next: usize, bits: i32, hiddenShift: i32, table: usize,
): void {
  for (const end = c + (<usize>units << 2); c < end; c += 16, next += 8, sums += 64, inputSums += 64) {
    const p = gatesOfBoth(inputSums, sums, constants, shift, table);
    const q = gatesOfBoth(inputSums + 16, sums + 16, constants + stride, shift, table);
    const r = gatesOfBoth(inputSums + 32, sums + 32, constants + 2 * stride, shift, table);
    const s = gatesOfBoth(inputSums + 48, sums + 48, constants + 3 * stride, shift, table);
    constants += 4 * stride;
    cellsOfFour(p, q, r, s, c, next, bits, hiddenShift, table);
  }
}

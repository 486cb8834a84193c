/**
 * tanh and sigmoid by one table of chords. docs/numbers.md, section 3; TypeScript twin: generator/layers/integer/activations.ts.
 *
 * Chords run from (k - 256) / 32 to the next k. The table holds those that rise, with flat ones at either end, i16[352][2] from k = 76 on:
 *
 *     low    tanh((k - 256) / 32) in Q15; nodes are moved outward so that a chord errs as much above the curve as below it
 *     rise   to the next node
 *
 * On a chord the value is interpolated over 2,048 steps, rounding down; the nodes are rounded up, which takes the bias out again.
 */
const CHORDS = 352;
/** How many lie below 0. */
const BELOW = 180;
/** One above all that rise. */
const FLAT = 350;

/** tanh(z / 65536) in Q15 for any z up to 2^31 - 2^19 - 1 (Q16; beyond -8 .. 8 the ends hold): -32767 .. 32767. */
// @ts-ignore: decorator
@inline
export function tanhQ15(z: i32, table: usize): i32 {
  const u = z + (BELOW << 11);
  // Where on a flat chord does not matter, so only the chord is clamped.
  const chord = <u32>u < <u32>CHORDS << 11 ? u : FLAT << 11 & ~(u >> 31);
  return onChord(table + ((<usize>chord >> 9) & ~3), u & 2047, 11);
}

/** tanh(z / 2^bits) in Q15 where |z| / 2^bits is at most 5, so that nothing is to be clamped. 11 <= bits <= 16. */
// @ts-ignore: decorator
@inline
export function tanhNear(z: i32, bits: i32, table: usize): i32 {
  const u = z + (BELOW << (bits - 5));
  return onChord(table + ((<usize>u >> (bits - 7)) & ~3), u & ((1 << (bits - 5)) - 1), bits - 5);
}

/** `step` of 2^bits steps up the chord, rounded down. */
// @ts-ignore: decorator
@inline
function onChord(chord: usize, step: i32, bits: i32): i32 {
  return <i32>load<i16>(chord) + ((<i32>load<i16>(chord, 2) * step) >> bits);
}

/**
 * sigmoid(z / 32768) in 2^-16, for the same z: 1 .. 65535. sigmoid(v) = (1 + tanh(v / 2)) / 2, and v / 2 in Q16 is the
 * same integer as v in Q15.
 */
// @ts-ignore: decorator
@inline
export function sigmoidQ16(z: i32, table: usize): i32 {
  return 32768 + tanhQ15(z, table);
}

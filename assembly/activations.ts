/**
 * tanh and sigmoid by one table. docs/numbers.md, section 3; TypeScript twin: generator/layers/integer/activations.ts.
 *
 * The table holds tanh((k - 256) / 32) in Q15 for k = 0 .. 512, i16[513], with its nodes moved outward so that a chord
 * errs as much above the curve as below it. Between two nodes the value is interpolated over 2,048 steps, rounding
 * down; the nodes are rounded up, which takes the bias out again.
 */

/** tanh(z / 65536) in Q15 for any z up to 2^31 - 2^19 - 1 (Q16; beyond -8 .. 8 the ends hold): -32767 .. 32767. */
// @ts-ignore: decorator
@inline
export function tanhQ15(z: i32, table: usize): i32 {
  const raised = z + 524288;
  const atLeast = raised < 0 ? 0 : raised;
  const u = atLeast > 1048575 ? 1048575 : atLeast;
  const entry = table + ((<usize>u >> 10) & ~1);
  const low = <i32>load<i16>(entry);
  return low + (((<i32>load<i16>(entry, 2) - low) * (u & 2047)) >> 11);
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

/**
 * From accumulators of gates to what the tables take. docs/numbers.md, section 5; TypeScript twins: scaleDown64 and
 * scaleDownSum64 in generator/layers/integer/fixed.ts.
 *
 * Both round down. A gate in Q16 has a step of 1.5e-5: half a step of bias is below the step of a state.
 */

/** sum * m / 2^shift, rounded down. The result must fit 32 bits: the caller has a proof. */
// @ts-ignore: decorator
@inline
export function gate(sum: i32, m: i32, shift: i32): i32 {
  return <i32>((<i64>sum * <i64>m) >> <i64>shift);
}

/** The first term of `gateOfBoth`, kept while the second sum is formed. */
// @ts-ignore: decorator
@inline
export function part(sum: i32, m: i32): i64 {
  return <i64>sum * <i64>m;
}

/** (part + sum * m) / 2^shift, rounded down once. */
// @ts-ignore: decorator
@inline
export function gateOfBoth(first: i64, sum: i32, m: i32, shift: i32): i32 {
  return <i32>((first + <i64>sum * <i64>m) >> <i64>shift);
}

/**
 * One second-order section, direct form I in 32-bit state with 64-bit products and error feedback.
 * generator/stages/filter-format.ts derives the format and proves that nothing overflows;
 * the TypeScript twin is generator/stages/push.ts.
 *
 *   coefficients, i32:  +0 b0  +4 b1  +8 b2  +12 -a1  +16 -a2   (Q`shift`)   +20 -k1  +24 -k2   (integers)
 *   state, i32:         +0 x1  +4 x2  +8 e1  +12 e2   +16 y1  +20 y2
 *
 * Sections of a cascade stand 28 bytes of coefficients and 16 bytes of state apart: the outputs of one are the inputs
 * of the next, stored once.
 * The last outputs of a cascade are kept by `remember`.
 */
import { roundShift64 } from "./fixed";

// @ts-ignore: decorator
@inline
function product(a: i32, b: i32): i64 {
  return <i64>a * <i64>b;
}

/** Takes one sample in, returns one sample. */
export function biquad(x: i32, coefficients: usize, state: usize, shift: i64): i32 {
  const x1 = load<i32>(state);
  const e1 = load<i32>(state, 8);
  const sum =
    product(load<i32>(coefficients), x) +
    product(load<i32>(coefficients, 4), x1) +
    product(load<i32>(coefficients, 8), load<i32>(state, 4)) +
    product(load<i32>(coefficients, 12), load<i32>(state, 16)) +
    product(load<i32>(coefficients, 16), load<i32>(state, 20)) +
    product(load<i32>(coefficients, 20), e1) +
    product(load<i32>(coefficients, 24), load<i32>(state, 12));
  const y = roundShift64(sum, shift);
  store<i32>(state, x);
  store<i32>(state, x1, 4);
  store<i32>(state, <i32>(sum - (y << shift)), 8);
  store<i32>(state, e1, 12);
  return <i32>y;
}

/** Keeps the output of a cascade's last section, behind the states of its sections. */
export function remember(y: i32, state: usize): void {
  store<i32>(state, load<i32>(state), 4);
  store<i32>(state, y);
}

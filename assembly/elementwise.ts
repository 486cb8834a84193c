/**
 * Activations and copies, one int16 value at a time. docs/numbers.md, section 4; TypeScript twin:
 * generator/layers/integer/elementwise.ts.
 */
import { rescale16, roundShift32 } from "./fixed";
import { sigmoidQ16, tanhQ15 } from "./activations";

/** y = x; x, y: i16[count]. */
// @ts-ignore: decorator
@inline
export function copy(count: i32, x: usize, y: usize): void {
  for (let end = x + (<usize>count << 1); x < end; x += 2, y += 2) store<i16>(y, load<i16>(x));
}

/** y = x in another format. */
// @ts-ignore: decorator
@inline
export function rescale(count: i32, x: usize, y: usize, m: i32, shift: i32): void {
  for (let end = x + (<usize>count << 1); x < end; x += 2, y += 2) {
    store<i16>(y, rescale16(load<i16>(x), m, shift));
  }
}

/** y = max(x, 0), in the format of x. */
// @ts-ignore: decorator
@inline
export function relu(count: i32, x: usize, y: usize): void {
  for (let end = x + (<usize>count << 1); x < end; x += 2, y += 2) {
    store<i16>(y, max(<i32>load<i16>(x), 0));
  }
}

/** y = tanh(x) in Q15; `m` and `shift` bring x to Q16. */
// @ts-ignore: decorator
@inline
export function tanh(count: i32, x: usize, y: usize, m: i32, shift: i32, table: usize): void {
  for (let end = x + (<usize>count << 1); x < end; x += 2, y += 2) {
    store<i16>(y, tanhQ15(roundShift32(<i32>load<i16>(x) * m, shift), table));
  }
}

/** y = sigmoid(x) in Q15; `m` and `shift` bring x to Q15. */
// @ts-ignore: decorator
@inline
export function sigmoid(count: i32, x: usize, y: usize, m: i32, shift: i32, table: usize): void {
  for (let end = x + (<usize>count << 1); x < end; x += 2, y += 2) {
    store<i16>(y, sigmoidQ16(roundShift32(<i32>load<i16>(x) * m, shift), table) >> 1);
  }
}

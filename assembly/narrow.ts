/**
 * Activations and copies where one buffer or both have 8 bits. docs/numbers.md, section 2; TypeScript twin:
 * generator/layers/integer/narrow.ts.
 *
 * X and Y are the types of elements, i8 or i16. What has 8 bits drops the lower bits of a 16-bit value, `xDropped` or `yDropped` of
 * them; between load and store everything has 16 bits, as in elementwise.ts.
 */
import { fitted, narrow8, rescale16, roundShift32, widened } from "./fixed";
import { sigmoidQ16, tanhQ15 } from "./activations";

/** y = x without the bits that y drops; x: i16[count], y: i8[count]. */
// @ts-ignore: decorator
@inline
export function narrow(count: i32, x: usize, y: usize, dropped: i32): void {
  for (let end = x + (<usize>count << 1); x < end; x += 2, y += 1) store<i8>(y, narrow8(load<i16>(x), dropped));
}

/** y = x as it is stored; x: i8[count], y: i16[count]. */
// @ts-ignore: decorator
@inline
export function widenBytes(count: i32, x: usize, y: usize): void {
  for (let end = x + count; x < end; x += 1, y += 2) store<i16>(y, load<i8>(x));
}

/** y = x in the same format or another one. */
// @ts-ignore: decorator
@inline
export function rescaleNarrow<X, Y>(
  count: i32, x: usize, y: usize, xDropped: i32, yDropped: i32, m: i32, shift: i32,
): void {
  for (let end = x + (<usize>count << alignof<X>()); x < end; x += sizeof<X>(), y += sizeof<Y>()) {
    store<Y>(y, <Y>fitted<Y>(rescale16(widened<X>(x, xDropped), m, shift), yDropped));
  }
}

/** y = max(x, 0), in the format of x. */
// @ts-ignore: decorator
@inline
export function reluNarrow<X, Y>(count: i32, x: usize, y: usize, xDropped: i32, yDropped: i32): void {
  for (let end = x + (<usize>count << alignof<X>()); x < end; x += sizeof<X>(), y += sizeof<Y>()) {
    store<Y>(y, <Y>fitted<Y>(max(widened<X>(x, xDropped), 0), yDropped));
  }
}

/** y = tanh(x) in Q15; `m` and `shift` bring x to Q16. */
// @ts-ignore: decorator
@inline
export function tanhNarrow<X, Y>(
  count: i32, x: usize, y: usize, xDropped: i32, yDropped: i32, m: i32, shift: i32, table: usize,
): void {
  for (let end = x + (<usize>count << alignof<X>()); x < end; x += sizeof<X>(), y += sizeof<Y>()) {
    store<Y>(y, <Y>fitted<Y>(tanhQ15(roundShift32(widened<X>(x, xDropped) * m, shift), table), yDropped));
  }
}

/** y = sigmoid(x) in Q15; `m` and `shift` bring x to Q15. */
// @ts-ignore: decorator
@inline
export function sigmoidNarrow<X, Y>(
  count: i32, x: usize, y: usize, xDropped: i32, yDropped: i32, m: i32, shift: i32, table: usize,
): void {
  for (let end = x + (<usize>count << alignof<X>()); x < end; x += sizeof<X>(), y += sizeof<Y>()) {
    store<Y>(y, <Y>fitted<Y>(sigmoidQ16(roundShift32(widened<X>(x, xDropped) * m, shift), table) >> 1, yDropped));
  }
}

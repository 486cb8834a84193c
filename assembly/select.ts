/** One of several results, by the largest of a row of scores. TypeScript twin: generator/layers/select.ts. */
import { rescale16 } from "./fixed";
import { argmax16 } from "./argmax";

/** The place of the largest of i16[count]; also kept at `choice`. */
// @ts-ignore: decorator
@inline
export function choose(scores: usize, count: i32, choice: usize): i32 {
  const best = argmax16(scores, count);
  store<i32>(choice, best);
  return best;
}

/** y = x in another format; x, y: i16[count] */
export function take(count: i32, x: usize, y: usize, m: i32, shift: i32): void {
  for (const end = x + (<usize>count << 1); x < end; x += 2, y += 2) {
    store<i16>(y, rescale16(load<i16>(x), m, shift));
  }
}

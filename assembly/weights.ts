/**
 * Types that weights can have: i8 and i16, which stand for themselves, and i4. As the generator packs them
 * (generator/emit/weight-type.ts):
 *
 *     byte        0         1         2         3
 *     weight    1  0      3  2      5  4      7  6        i4: upper half, lower half
 */

/** Stands for weights of 4 bits where a type is asked for. */
export abstract class i4 {}

/** Bytes of one row of `count` weights that stands alone: it begins with a byte. */
// @ts-ignore: decorator
@inline
export function rowBytes<W>(count: i32): usize {
  return isInteger<W>() ? <usize>count * sizeof<W>() : (<usize>count + 1) >> 1;
}

/** Bytes of four rows of `count` weights, interleaved. */
// @ts-ignore: decorator
@inline
export function blockBytes<W>(count: i32): usize {
  return isInteger<W>() ? <usize>count * (4 * sizeof<W>()) : <usize>count << 1;
}

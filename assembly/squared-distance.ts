/**
 * The squared Euclidean distance of two vectors, exact: a difference has 17 bits, and up to 2^28 features fit 64 bits.
 *
 * x: i16, up to `end`; vector: as many i16
 */
// @ts-ignore: decorator
@inline
export function squaredDistance(x: usize, end: usize, vector: usize): i64 {
  let distance: i64 = 0;
  for (; x < end; x += 2, vector += 2) {
    const d = <i64>(<i32>load<i16>(x) - <i32>load<i16>(vector));
    distance += d * d;
  }
  return distance;
}

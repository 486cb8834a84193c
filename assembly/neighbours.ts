/**
 * k nearest neighbours: the votes of the k stored vectors that are nearest in Euclidean distance. docs/numbers-features.md, section 5;
 * TypeScript twin: generator/layers/integer/neighbours.ts.
 *
 *   vectors    i16[count][features]
 *   labels     i16[count]
 *   distances  i64[k]     squared, ascending; of equal ones the vector that stands first
 *   nearest    i32[k]     their labels
 */
import { squaredDistance } from "./squared-distance";

/** x: i16[features]; y: i16[classes] = votes times `vote` */
export function neighbours(
  x: usize, features: i32, vectors: usize, labels: usize, count: i32, k: i32,
  distances: usize, nearest: usize, classes: i32, vote: i32, y: usize,
): void {
  let known = 0;
  const end = x + (<usize>features << 1);
  for (let v = 0; v < count; v++) {
    const distance = squaredDistance(x, end, vectors);
    vectors += <usize>features << 1;
    if (known == k && distance >= load<i64>(distances + (<usize>(k - 1) << 3))) continue;
    let place = known < k ? known : k - 1;
    for (; place > 0; place--) {
      const before = load<i64>(distances + (<usize>(place - 1) << 3));
      if (before <= distance) break;
      store<i64>(distances + (<usize>place << 3), before);
      store<i32>(nearest + (<usize>place << 2), load<i32>(nearest + (<usize>(place - 1) << 2)));
    }
    store<i64>(distances + (<usize>place << 3), distance);
    store<i32>(nearest + (<usize>place << 2), <i32>load<i16>(labels + (<usize>v << 1)));
    known = min(known + 1, k);
  }
  for (let at = y, last = y + (<usize>classes << 1); at < last; at += 2) store<i16>(at, 0);
  for (let place = 0; place < known; place++) {
    const at = y + (<usize>load<i32>(nearest + (<usize>place << 2)) << 1);
    store<i16>(at, <i32>load<i16>(at) + vote);
  }
}

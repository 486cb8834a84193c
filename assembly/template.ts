/**
 * Templates of the owner: vectors as they were enrolled. TypeScript twin: generator/stages/template.ts.
 *
 *   templates  i16[capacity][features], or i32[capacity][words] where they are protected
 *   state      i32[2]                 templates so far, place of the next one
 *   ranges     i32[features][2]       smallest enrolled value, and how far the largest is from it
 */

/** The place for one more template, or -3 when all are taken and none may be replaced; moves on. */
export function nextPlace(state: usize, capacity: i32, renew: i32): i32 {
  const count = load<i32>(state);
  if (count == capacity && !renew) return -3;
  const place = load<i32>(state, 4);
  store<i32>(state, min(count + 1, capacity));
  store<i32>(state, place + 1 == capacity ? 0 : place + 1, 4);
  return place;
}

/** from: i16[features] */
export function keep(from: usize, features: i32, to: usize): void {
  for (const end = from + (<usize>features << 1); from < end; from += 2, to += 2) {
    store<i16>(to, load<i16>(from));
  }
}

/** Ranges of enrolled features, each at least `least`; count: at most capacity, which bounds the loop whatever memory holds. */
export function findRanges(
  templates: usize, count: i32, capacity: i32, features: i32, least: i32, ranges: usize,
): void {
  const bytes = <usize>features << 1;
  for (let at: usize = 0; at < bytes; at += 2) {
    let low = 32767;
    let high = -32768;
    for (let place = 0, row = templates + at; place < capacity; place++, row += bytes) {
      if (place >= count) break;
      low = min(low, <i32>load<i16>(row));
      high = max(high, <i32>load<i16>(row));
    }
    store<i32>(ranges, low);
    store<i32>(ranges, max(high - low, least), 4);
    ranges += 8;
  }
}

/** y = (x - low) / range in Q14, rounded, at most 2^21 in magnitude; x: i16[features], y: i32[features] */
export function normalise(x: usize, features: i32, ranges: usize, y: usize): void {
  for (const end = x + (<usize>features << 1); x < end; x += 2, y += 4, ranges += 8) {
    const above = (<i32>load<i16>(x) - load<i32>(ranges)) << 14;
    const range = load<i32>(ranges, 4);
    const half = range >> 1;
    const ratio = (above < 0 ? above - half : above + half) / range;
    store<i32>(y, max(-0x200000, min(0x200000, ratio)));
  }
}

/** y = x in 32 bits */
export function widen(x: usize, features: i32, y: usize): void {
  for (const end = x + (<usize>features << 1); x < end; x += 2, y += 4) store<i32>(y, <i32>load<i16>(x));
}

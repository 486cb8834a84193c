/**
 * Order statistics of a column without sorting or copying it: the value of a rank is found 8 bits at a time, by counting.
 * TypeScript twin: generator/features/passes/rank.ts (which sorts).
 *
 *     counts   i16[256]   scratch
 */

/** The value of the given rank (0: the smallest). low, high: the extremes of the column, less than 2^31 apart. */
export function valueOfRank(
  column: usize, end: usize, stride: usize, low: i32, high: i32, rank: i32, counts: usize,
): i32 {
  let base = low;
  let span = <u32>high - <u32>low; // what is sought lies in base .. base + span
  let shift = 32 - <i32>clz(span);
  // 8 bits a turn of at most 31.
  for (let turn = 0; turn < 4; turn++) {
    if (shift == 0) break;
    shift = max(shift - 8, 0);
    for (let count = counts; count < counts + 512; count += 8) store<i64>(count, 0);
    for (let at = column; at < end; at += stride) {
      const above = <u32>load<i32>(at) - <u32>base;
      if (above <= span) {
        const count = counts + (<usize>(above >> shift) << 1);
        store<i16>(count, <i32>load<i16>(count) + 1);
      }
    }
    // The counts add up to more than the rank, so the last is never passed; the loop says so, and has a bound whatever is counted.
    let count = counts;
    for (const last = counts + 510; count < last; count += 2) {
      const here = <i32>load<i16>(count);
      if (rank < here) break;
      rank -= here;
    }
    base += <i32>((count - counts) >> 1) << shift;
    span = (<u32>1 << shift) - 1;
  }
  return base;
}

/** Twice the median: the middle value twice, or the sum of the two in the middle. */
export function twiceMedian(
  column: usize, end: usize, stride: usize, steps: i32, record: usize, counts: usize,
): i64 {
  const low = <i32>load<i64>(record, 8);
  const high = <i32>load<i64>(record, 16);
  const half = steps >> 1;
  const upper = valueOfRank(column, end, stride, low, high, half, counts);
  if (steps & 1) return <i64>upper << 1;
  // The value one rank lower: the same one, or the largest below it.
  let below = 0;
  let largest = i32.MIN_VALUE;
  for (let at = column; at < end; at += stride) {
    const x = load<i32>(at);
    const smaller = x < upper;
    below += <i32>smaller;
    largest = smaller ? max(largest, x) : largest;
  }
  return <i64>upper + <i64>(below == half ? largest : upper);
}

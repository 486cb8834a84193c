/**
 * Histogram of a column over bins of equal width between its extremes, the last bin closed, as numpy.histogram has it:
 * x falls into bin floor((x - low) bins / (high - low)), decided in whole numbers, so a value on an edge belongs to the upper
 * bin, always. TypeScript twin: generator/features/passes/histogram.ts.
 *
 *     counts   i16[bins]   bins at most 256
 */
import { log2Q24 } from "./log2";

/** A constant column lands in bin 0. */
export function histogram(
  column: usize, end: usize, stride: usize, record: usize, bins: i32, counts: usize,
): void {
  const low = <i32>load<i64>(record, 8);
  const range = <u32>load<i64>(record, 16) - <u32>low;
  for (let at = counts, last = counts + (<usize>bins << 1); at < last; at += 2) store<i16>(at, 0);
  const narrow = <u64>range * <u64>bins <= 0xffffffff;
  const divisor = max<u32>(range, 1);
  for (; column < end; column += stride) {
    const above = <u32>load<i32>(column) - <u32>low;
    // 32-bit division where it is exact: it is many times faster on small cores.
    const bin = narrow ? (above * <u32>bins) / divisor : <u32>((<u64>above * <u64>bins) / <u64>divisor);
    const count = counts + (<usize>min(bin, <u32>bins - 1) << 1);
    store<i16>(count, <i32>load<i16>(count) + 1);
  }
}

/** The fullest bin; of equal ones the first. */
export function fullest(counts: usize, bins: i32): i32 {
  let best = 0;
  let most = 0;
  for (let bin = 0; bin < bins; bin++) {
    const count = <i32>load<i16>(counts + (<usize>bin << 1));
    const more = count > most;
    best = more ? bin : best;
    most = more ? count : most;
  }
  return best;
}

/** steps times the entropy of the histogram, in bits, Q24: n log2 n - sum of h log2 h. */
export function entropy(counts: usize, bins: i32, steps: i32): i64 {
  let total = <i64>steps * <i64>log2Q24(steps);
  for (let at = counts, last = counts + (<usize>bins << 1); at < last; at += 2) {
    const count = <i32>load<i16>(at);
    if (count > 1) total -= <i64>count * <i64>log2Q24(count);
  }
  return total;
}

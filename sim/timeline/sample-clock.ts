/**
 * When the host reads samples, in closed form: a day at 512 Hz without a FIFO is 44 million reads, and the engine asks
 * how many fall between two events instead of visiting each. Intervals are half-open: [from, to).
 */
import { recordingNotRising } from '../../common/refusals/board.ts';
import { toNs } from './time.ts';

export interface SampleClock {
  /** Reads that start in [from, to). */
  reads(fromNs: number, toNs: number): number;
  /** Start of the first read at or after a time; Infinity when there is none. */
  nextRead(atNs: number): number;
  /** Last sample that a read at this time brings in. */
  lastSample(readNs: number): number;
}

/**
 * Even reads from `startNs` (one at the start when `warm`: earlier samples wait there) until `endNs`.
 * Read k starts at start + round(k x period): no drift over a day.
 */
export function evenClock(startNs: number, endNs: number, periodSeconds: number, warm: boolean): SampleClock {
  const period = periodSeconds * 1e9;
  const first = warm ? 0 : 1;
  const timeOf = (read: number) => startNs + Math.round(read * period);
  /** Index of the first read at or after a time. */
  const indexAt = (ns: number): number => {
    if (ns <= timeOf(first)) return first;
    let index = Math.floor((ns - startNs) / period);
    while (timeOf(index) < ns) index++;
    return index;
  };
  return {
    reads(from, to) {
      const [a, b] = [Math.max(from, startNs), Math.min(to, endNs)];
      return b <= a ? 0 : indexAt(b) - indexAt(a);
    },
    nextRead(at) {
      const next = timeOf(indexAt(Math.max(at, startNs)));
      return next < endNs ? next : Infinity;
    },
    lastSample: (read) => read,
  };
}

/**
 * Reads of a recording with its own, uneven timestamps (seconds, rising, moved to `startNs`): one read whenever
 * `framesPerRead` samples have come in, and one for what is left at the end. Refuses times that do not rise (ESC412).
 */
export function recordedClock(
  startNs: number,
  timestamps: readonly number[],
  framesPerRead: number,
): SampleClock {
  const times = new Float64Array(timestamps.length);
  for (const [index, seconds] of timestamps.entries()) {
    if (index > 0 && !(seconds > timestamps[index - 1]!)) throw recordingNotRising(index);
    times[index] = startNs + toNs(seconds - timestamps[0]!);
  }
  const readTimes: number[] = [];
  for (let index = framesPerRead - 1; index < times.length; index += framesPerRead)
    readTimes.push(times[index]!);
  if (times.length % framesPerRead !== 0) readTimes.push(times.at(-1)!);
  const indexAt = (ns: number): number => lowerBound(readTimes, ns);
  return {
    reads: (from, to) => (to <= from ? 0 : indexAt(to) - indexAt(from)),
    nextRead: (at) => readTimes[indexAt(at)] ?? Infinity,
    lastSample: (read) => times[lowerBound(times, read + 1) - 1] ?? read,
  };
}

/** Index of the first entry at or above a limit. */
function lowerBound(sorted: ArrayLike<number>, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

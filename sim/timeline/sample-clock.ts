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
 * Reads of a recording with its own, uneven timestamps (seconds, never going back, moved to `startNs`): one read whenever
 * `framesPerRead` samples have come in, and one for what is left at the end. With `untilNs` the recording starts over,
 * one mean sample period after its end, until then. Refuses times that go back (ESC412).
 */
export function recordedClock(
  startNs: number,
  timestamps: ArrayLike<number>,
  framesPerRead: number,
  untilNs?: number,
): SampleClock {
  const count = timestamps.length;
  const samples = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const seconds = timestamps[index]!;
    if (index > 0 && !(seconds >= timestamps[index - 1]!)) throw recordingNotRising(index);
    samples[index] = toNs(seconds - timestamps[0]!);
  }
  const reads: number[] = [];
  for (let index = framesPerRead - 1; index < count; index += framesPerRead) reads.push(samples[index]!);
  if (count % framesPerRead !== 0) reads.push(samples.at(-1)!);
  const lastNs = samples.at(-1) ?? 0;
  const roundNs = Math.max(1, lastNs + Math.round(lastNs / Math.max(1, count - 1)));
  const endNs = untilNs ?? startNs + lastNs + 1;
  /** Round of the recording that a time falls into, and the time within it. */
  const place = (ns: number): { round: number; within: number } => {
    const since = Math.max(0, ns - startNs);
    const round = untilNs === undefined ? 0 : Math.floor(since / roundNs);
    return { round, within: since - round * roundNs };
  };
  /** Reads before a time. */
  const before = (ns: number): number => {
    const { round, within } = place(ns);
    return round * reads.length + lowerBound(reads, within);
  };
  const readAt = (index: number): number => {
    const round = Math.floor(index / reads.length);
    if (round > 0 && untilNs === undefined) return Infinity;
    const at = startNs + round * roundNs + reads[index % reads.length]!;
    return at < endNs ? at : Infinity;
  };
  return {
    reads: (from, to) => Math.max(0, before(Math.min(to, endNs)) - before(from)),
    nextRead: (at) => readAt(before(at)),
    lastSample(read) {
      const { round, within } = place(read);
      const index = lowerBound(samples, within + 1) - 1;
      return index < 0 ? read : startNs + round * roundNs + samples[index]!;
    },
  };
}

/**
 * Reads of samples that come at given times of the run (seconds, never going back): those within [startNs, endNs), one read
 * whenever `framesPerRead` of them are in, and one for what is left at the end. Refuses times that go back (ESC412).
 */
export function arrivalClock(
  startNs: number,
  endNs: number,
  arrivals: ArrayLike<number>,
  framesPerRead: number,
): SampleClock {
  const seconds = Array.from(arrivals);
  const own = seconds.filter((at) => toNs(at) >= startNs && toNs(at) < endNs);
  if (own.length === 0) return { reads: () => 0, nextRead: () => Infinity, lastSample: (read) => read };
  return recordedClock(toNs(own[0]!), own, framesPerRead);
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

/**
 * Cycles that a core behind caches waits for data: the kernel's own addresses, run through a first and a second level of the board's sizes, from cold
 * caches on (the core slept since the last decision).
 *
 *   stall = (misses of level 1 x hit time of level 2 + misses of level 2 x latency of the DRAM) x (1 - hidden x sequential share)
 *
 * The Cortex-A7 prefetches lines that follow one another (ARM DDI 0464F, section 6.2.3); how much of their latency that hides is not published:
 * all of it at the low end, nothing at the high end, half in between. Sizes that are given as a range are run at both ends.
 */
import { band } from '../../boards/band.ts';
import type { Board, Cache } from '../../boards/board.ts';
import type { Estimate } from '../../common/estimate.ts';
import type { CacheGeometry, CacheLevel, CacheMisses } from '../wasm/index.ts';

const hidden: Estimate = { value: 0.5, low: 1, high: 0 };
/** Where the board does not say: lines and ways of Arm's cores of that time. */
const usual = { lineBytes: 64, level1Ways: 4, level2Ways: 8 };

export type Ends<T> = Record<'low' | 'value' | 'high', T>;
const ends = ['low', 'value', 'high'] as const;
export const eachEnd = <T>(of: (end: keyof Estimate) => T): Ends<T> => ({
  low: of('low'),
  value: of('value'),
  high: of('high'),
});

/** Null for a board whose core has no data caches, or unknown ones. The low end of the stalls has the largest caches. */
export function cacheGeometries({ memory }: Board): Ends<CacheGeometry> | null {
  const { l1Data, l2 } = memory.caches ?? {};
  if (!l1Data || !l2?.hitCycles) return null;
  const opposite = { low: 'high', value: 'value', high: 'low' } as const;
  return eachEnd((end) => ({
    lineBytes: l1Data.lineBytes?.value ?? usual.lineBytes,
    level1: level(l1Data, usual.level1Ways, opposite[end]),
    level2: level(l2, usual.level2Ways, opposite[end]),
  }));
}

const level = (cache: Cache, ways: number, end: keyof Estimate): CacheLevel => ({
  bytes: band(cache.bytes)[end],
  ways: cache.ways?.value ?? ways,
});

export function stallCycles(misses: Ends<CacheMisses>, { memory, cpu }: Board): Estimate {
  const hit = band(memory.caches!.l2!.hitCycles!);
  const clock = band(cpu.clock.usedMhz);
  const latency = memory.dram?.latencyNs ? band(memory.dram.latencyNs) : { value: 0, low: 0, high: 0 };
  const [low, value, high] = ends.map((end) => {
    const { level1, level2, sequential } = misses[end];
    const waiting = level1 * hit[end] + level2 * latency[end] * clock[end] * 1e-3;
    return level1 === 0 ? 0 : waiting * (1 - (hidden[end] * sequential) / level1);
  }) as [number, number, number];
  return { value, low: Math.min(low, value), high: Math.max(high, value) };
}

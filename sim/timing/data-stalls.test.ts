import { describe, expect, it } from 'vitest';
import { loadBoard } from '../../boards/load.ts';
import { cacheGeometries, stallCycles } from './data-stalls.ts';

const watch = loadBoard('samsung-gear-live');

describe('cacheGeometries', () => {
  it('takes the smallest caches for the high end of the stalls', () => {
    const { low, value, high } = cacheGeometries(watch)!;
    expect(value.level1).toEqual({ bytes: 32768, ways: 4 });
    expect(low.level1.bytes).toBeGreaterThan(value.level1.bytes);
    expect(high.level1.bytes).toBeLessThan(value.level1.bytes);
  });

  it('has none for a microcontroller', () => {
    expect(cacheGeometries(loadBoard('we-be-class'))).toBeNull();
  });
});

describe('stallCycles', () => {
  const same = (m: { level1: number; sequential: number; level2: number }) => ({ low: m, value: m, high: m });

  it('adds hits in L2 and the latency of the DRAM at the clock', () => {
    const { memory, cpu } = watch;
    const hit = memory.caches!.l2!.hitCycles!.value;
    const miss = memory.dram!.latencyNs!.value * cpu.clock.usedMhz.value * 1e-3;
    const stalls = stallCycles(same({ level1: 1000, sequential: 0, level2: 100 }), watch);
    expect(stalls.value).toBeCloseTo(1000 * hit + 100 * miss, 6);
    expect(stalls.low).toBeLessThan(stalls.value);
    expect(stalls.high).toBeGreaterThan(stalls.value);
  });

  it('lets prefetching hide lines in a row: all at best, none at worst', () => {
    const row = stallCycles(same({ level1: 1000, sequential: 1000, level2: 0 }), watch);
    const apart = stallCycles(same({ level1: 1000, sequential: 0, level2: 0 }), watch);
    expect(row.low).toBe(0);
    expect(row.value).toBeCloseTo(apart.value / 2, 6);
    expect(row.high).toBe(apart.high);
  });

  it('is nothing where nothing misses', () => {
    expect(stallCycles(same({ level1: 0, sequential: 0, level2: 0 }), watch)).toEqual({
      value: 0,
      low: 0,
      high: 0,
    });
  });
});

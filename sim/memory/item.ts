/** One thing that takes memory. */
import { exact, type Estimate } from '../../common/estimate.ts';
import type { SourceKind } from '../../common/sourced.ts';
import type { MemoryItem } from '../result.ts';

interface Taken {
  flash?: number | Estimate;
  ram?: number | Estimate;
}

const estimate = (v: number | Estimate | undefined): Estimate => {
  const e = typeof v === 'object' ? v : exact(v ?? 0);
  return { value: Math.round(e.value), low: Math.floor(e.low), high: Math.ceil(e.high) };
};

/** Whole bytes; a band is only written where it is one. */
export function memoryItem(name: string, taken: Taken, kind: SourceKind, source: string): MemoryItem {
  const flash = estimate(taken.flash);
  const ram = estimate(taken.ram);
  return {
    name,
    flashBytes: flash.value,
    ramBytes: ram.value,
    ...(flash.low === flash.high ? {} : { flashBand: { low: flash.low, high: flash.high } }),
    ...(ram.low === ram.high ? {} : { ramBand: { low: ram.low, high: ram.high } }),
    kind,
    source,
  };
}

/** Flash or RAM of all items, with the sum of their bands. */
export function totalBytes(items: readonly MemoryItem[], memory: 'flash' | 'ram'): Estimate {
  const total = exact(0);
  for (const item of items) {
    const value = memory === 'flash' ? item.flashBytes : item.ramBytes;
    const band = (memory === 'flash' ? item.flashBand : item.ramBand) ?? exact(value);
    total.value += value;
    total.low += band.low;
    total.high += band.high;
  }
  return total;
}

/** Cycles that each stage of a kernel waits for data on a board with caches. */
import type { Estimate } from '../common/estimate.ts';
import type { Board } from '../boards/board.ts';
import type { KernelProfile } from './profile.ts';
import { cacheGeometries, eachEnd, stallCycles } from './timing/data-stalls.ts';

export interface KernelStalls {
  /** In the order of the profile's stages. */
  byStage: Estimate[];
  note: string;
}

/** Null for a board without data caches, or whose caches are not known. */
export function dataStalls(profile: KernelProfile, board: Board): KernelStalls | null {
  const geometries = cacheGeometries(board);
  if (!geometries) return null;
  const misses = eachEnd((end) => profile.misses(geometries[end]));
  const { low, value, high } = misses;
  if (!low || !value || !high) return null;
  const byStage = profile.stages.map((_, at) =>
    stallCycles({ low: low[at]!, value: value[at]!, high: high[at]! }, board),
  );
  const total = (of: 'level1' | 'level2') => value.reduce((sum, m) => sum + m[of], 0);
  const kib = (bytes: number) => bytes / 1024;
  const { level1, level2 } = geometries.value;
  return {
    byStage,
    note:
      `Data caches: a decision misses ${total('level1')} lines of ${kib(level1.bytes)} KiB of L1 and ${total('level2')} of ${kib(level2.bytes)} KiB of L2, ` +
      'its own addresses followed from cold caches; sizes and latencies carry their ranges.',
  };
}

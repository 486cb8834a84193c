/**
 * What parallel branches lose to each other in the shared L2 and memory. Each step of a recurrent layer reads all weights of
 * its branch, one byte a multiply-accumulate. Weights that do not fit into the L1 of a core come through the L2 again each
 * step; there a line can wait while the other core's line is served, and no longer than that.
 *
 *   worst = lines of the longest branch x service of one line      never: 0; central: half of the worst
 *
 * Service is the L2's hit time, or the DRAM's where all weights together exceed the L2. The misses themselves are not counted
 * here: they cost the same on one core.
 */
import { scale, type Estimate } from '../../common/estimate.ts';
import { band } from '../../boards/band.ts';
import type { Board } from '../../boards/board.ts';
import type { StageCost } from '../result.ts';

/** Bytes of a line where the board does not say: shorter lines are more lines. */
const lineBytes: Estimate = { value: 64, low: 64, high: 32 };

/** Where nothing is known of a board's caches, as a share of the path. */
const unknownShare = 0.1;

export interface Contention {
  ms: Estimate;
  source: string;
}

export function contention(
  board: Board,
  stages: readonly StageCost[],
  path: Estimate,
  constantBytes: number,
): Contention {
  const mhz = band(board.cpu.clock.usedMhz);
  const toMs = (cycles: number, clockMhz: number) => cycles / (clockMhz * 1e3);
  const { caches, dram } = board.memory;
  const { l1Data, l2 } = caches ?? {};
  if (!l1Data || !l2?.hitCycles) {
    const worst = scale(path, unknownShare);
    return {
      ms: { value: toMs(worst.value, mhz.value) / 2, low: 0, high: toMs(worst.high, mhz.low) },
      source: `caches of this board not known: up to ${unknownShare * 100} % of the path is assumed`,
    };
  }
  const branches = branchMacs(stages);
  const perBranch = constantBytes / Math.max(1, branches.length);
  const traffic = Math.max(0, ...branches);
  const worstMs = (end: 'value' | 'high', l1Bytes: number, l2Bytes: number, clockMhz: number): number => {
    const lines = (perBranch <= l1Bytes ? Math.min(perBranch, traffic) : traffic) / lineBytes[end];
    const lineCycles =
      constantBytes <= l2Bytes || !dram?.latencyNs
        ? band(l2.hitCycles!)[end]
        : band(dram.latencyNs)[end] * clockMhz * 1e-3;
    return toMs(lines * lineCycles, clockMhz);
  };
  const value = worstMs('value', l1Data.bytes.value, band(l2.bytes).value, mhz.value) / 2;
  const high = worstMs('high', band(l1Data.bytes).low, band(l2.bytes).low, mhz.low);
  return {
    ms: { value, low: 0, high: Math.max(value, high) },
    source: `weights of the longest branch through the shared L2, each line behind one of the other core at worst; L2: ${l2.hitCycles.source}`,
  };
}

/** Multiply-accumulates by branch, over all parallel groups. */
function branchMacs(stages: readonly StageCost[]): number[] {
  const sums = new Map<number, number>();
  for (const { parallel, macs } of stages)
    if (parallel) sums.set(parallel.branch, (sums.get(parallel.branch) ?? 0) + macs);
  return [...sums.values()];
}

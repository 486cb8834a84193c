/** How much copies and fills of memory move at most, where a way rests on data: what they moved on average when they were counted is no bound. */
import type { Core } from '../cores/index.ts';
import { assumedRun, transferCycles } from '../timing/compiled/c-library.ts';
import { transferRun } from '../timing/compiled/counted-operands.ts';
import { transferSites, type BlockCounts, type ModuleAnalysis } from '../wasm/index.ts';
import { transferKey, type ModuleTransfers } from './knowledge.ts';

/** Of one run of a block, in cycles before the band. */
export interface LongestTransfers {
  whole: number;
  /** Beyond what they took when they were counted; all of them where the block never ran. */
  longer: number;
}

const none: LongestTransfers = { whole: 0, longer: 0 };

export function longestTransfers(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  { positionIndependent }: Core,
  longest: ModuleTransfers,
): (f: number, block: number) => LongestTransfers {
  const library = positionIndependent ? 'glibc' : 'newlib';
  const found = new Map<string, LongestTransfers>();
  for (const { f, at, block, fills } of transferSites(analysis)) {
    const run = transferRun(counts, f, at);
    const bytes = Math.max(longest.get(transferKey(f, at)) ?? 0, run?.bytes ?? 0);
    const routine = fills ? 'memset' : 'memmove';
    const cost = (moved: number) => transferCycles(library, routine, { ...assumedRun, ...run, bytes: moved });
    const whole = cost(bytes);
    const longer = run ? Math.max(0, whole - cost(run.bytes)) : whole;
    const before = found.get(`${f} ${block}`) ?? none;
    found.set(`${f} ${block}`, { whole: before.whole + whole, longer: before.longer + longer });
  }
  return (f, block) => found.get(`${f} ${block}`) ?? none;
}

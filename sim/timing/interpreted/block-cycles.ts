/** Cycles of interpreted code booked to wasm functions and blocks: handlers that ran, and jumps that were mispredicted. */
import type { Core } from '../../cores/index.ts';
import type { RuntimeId } from '../../runtimes/index.ts';
import type { BlockCounts, ModuleAnalysis } from '../../wasm/index.ts';
import { transferCycles, type CLibrary } from '../compiled/c-library.ts';
import type { TransferRun } from '../compiled/ir.ts';
import { blockHandlers } from './handler-counts.ts';
import { handlerCost, type CoreColumn } from './handler-costs.ts';
import { mispredictsPerBlock } from './mispredicts.ts';
import { translationOf } from './translate.ts';

export interface InterpretedCycles {
  /** By function index and block id. */
  blocks: number[][];
  /** Share of the cycles that rests on handlers that nobody measured. */
  assumedShare: number;
}

/** Bytes that the handlers of memory.copy and memory.fill were measured on. */
const measuredBytes = 64;

/** What the C library's routines cost more, or less, than on the lengths that the handlers were measured on, by block. */
function transfersBeyondMeasured(counts: BlockCounts, f: number, library: CLibrary): Map<number, number> {
  const more = new Map<number, number>();
  for (const t of counts.transfers ?? []) {
    if (t.f !== f || t.runs <= 0) continue;
    const routine = t.fills ? 'memset' : 'memmove';
    const cycles = (run: TransferRun) => transferCycles(library, routine, run);
    const [bytes, unaligned, overlapping] = [t.bytes / t.runs, t.unaligned / t.runs, t.overlapping / t.runs];
    const beyond =
      cycles({ bytes, unaligned, overlapping }) -
      cycles({ bytes: measuredBytes, unaligned: 0, overlapping: 0 });
    more.set(t.block, (more.get(t.block) ?? 0) + t.runs * beyond);
  }
  return more;
}

export function interpretedBlockCycles(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  runtime: RuntimeId,
  { timing }: Core,
): InterpretedCycles {
  const column: CoreColumn = timing.kind === 'single-issue' ? 'cortex-m4' : 'cortex-a7';
  let total = 0;
  let assumed = 0;
  const cost = (names: readonly string[], times: number): number => {
    let sum = 0;
    for (const name of names) {
      const one = handlerCost(runtime, name, column);
      sum += one.cycles * times;
      if (one.assumed) assumed += one.cycles * times;
    }
    return sum;
  };
  const blocks = analysis.functions.map((f, i) => {
    const times = counts.blocks[i]!;
    if (!times.some((n) => n > 0)) return f.blocks.map(() => 0);
    const translation = translationOf(analysis, f, runtime);
    const missed =
      timing.kind === 'dual-issue' ? mispredictsPerBlock(f, translation, times, timing.predictor) : undefined;
    const moved = transfersBeyondMeasured(counts, i, timing.kind === 'single-issue' ? 'newlib' : 'glibc');
    return blockHandlers(f, translation, times).map(({ always, taken, takenTimes }, id) => {
      const cycles =
        cost(always, times[id]!) +
        (moved.get(id) ?? 0) +
        cost(taken, takenTimes) +
        (timing.kind === 'dual-issue' ? missed![id]! * times[id]! * timing.mispredict.value : 0);
      total += cycles;
      return cycles;
    });
  });
  return { blocks, assumedShare: total > 0 ? assumed / total : 0 };
}

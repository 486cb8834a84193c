/** Cycles of interpreted code booked to wasm functions and blocks: handlers that ran, and jumps that were mispredicted. */
import type { Core } from '../../cores/index.ts';
import type { RuntimeId } from '../../runtimes/index.ts';
import type { BlockCounts, FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import { transferCycles, type CLibrary } from '../compiled/c-library.ts';
import type { TransferRun } from '../compiled/ir.ts';
import { scanWork } from './block-scans.ts';
import { blockHandlers } from './handler-counts.ts';
import { handlerCost, type CoreColumn } from './handler-costs.ts';
import { mispredictsPerBlock } from './mispredicts.ts';
import { translationOf } from './translate.ts';

export interface InterpretedCycles {
  /** By function index and block id. */
  blocks: number[][];
  /** Share of the cycles that rests on handlers that nobody measured. */
  assumedShare: number;
  /** Cycles, of those of the blocks, in which ends of blocks are looked for. */
  scans: number;
}

/** What reading blocks for their ends takes, by the block that they open in. */
function scanCycles(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  runtime: RuntimeId,
  core: Core,
): number[][] {
  const cycles = analysis.functions.map((f) => f.blocks.map(() => 0));
  for (const { f, at, block, scans } of counts.scans ?? [])
    if (scans > 0) cycles[f]![block]! += scans * scanCost(analysis.functions[f]!, at, runtime, core);
  return cycles;
}

/** Cycles of reading one block for its end. */
export function scanCost(f: FunctionAnalysis, at: number, runtime: RuntimeId, { timing }: Core): number {
  const column: CoreColumn = timing.kind === 'single-issue' ? 'cortex-m4' : 'cortex-a7';
  const { pieces, turns } = scanWork(f, at);
  let cycles = timing.kind === 'dual-issue' ? turns * timing.mispredict.value : 0;
  for (const [piece, times] of pieces) cycles += times * handlerCost(runtime, piece, column).cycles;
  return cycles;
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
  core: Core,
): InterpretedCycles {
  const { timing } = core;
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
  const scanned = scanCycles(analysis, counts, runtime, core);
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
        scanned[i]![id]! +
        cost(taken, takenTimes) +
        (timing.kind === 'dual-issue' ? missed![id]! * times[id]! * timing.mispredict.value : 0);
      total += cycles;
      return cycles;
    });
  });
  const scans = scanned.flat().reduce((sum, cycles) => sum + cycles, 0);
  return { blocks, assumedShare: total > 0 ? assumed / total : 0, scans };
}

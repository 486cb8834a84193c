/**
 * What one run of each block costs at its dearest. Blocks that ran cost what they cost then, and a refill or a taken handler more where
 * the way behind them rests on data; an instruction that compiled code shares among blocks, or moves to one that runs more often, is no part of that. Blocks that never ran have no place in the compiled code: they are priced operator by operator, as
 * code that nothing optimised (every local in memory, no two instructions overlapping), or by their handlers under an interpreter.
 */
import { findCore, type Core } from '../cores/index.ts';
import { findRuntime } from '../runtimes/index.ts';
import { errorBand } from '../timing/bands.ts';
import { estimateCycles } from '../timing/index.ts';
import { isSoftCall, softCycles } from '../timing/compiled/float-cycles.ts';
import { handlerCost } from '../timing/interpreted/handler-costs.ts';
import { translationOf } from '../timing/interpreted/translate.ts';
import type { BlockCounts, FunctionAnalysis, ModuleAnalysis } from '../wasm/index.ts';
import type { Ways } from './bound.ts';
import { dearerByData, longestDivisionOn } from './data-costs.ts';
import { longestTransfers } from './longest-transfers.ts';
import { longerByOperands } from './operand-costs.ts';
import { refill } from './refill.ts';
import { rescans } from './rescans.ts';

/** Registers that values may have to change places among at the end of a block. */
const REGISTERS = 14;

/** Cycles of one run of a block, by function index and block id. */
export function blockPrices(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  { forks, longest }: Ways,
  coreId: string,
  runtimeId: string,
): (f: number, block: number) => number {
  const { blockCycles } = estimateCycles(analysis, counts, coreId, runtimeId);
  const core = findCore(coreId);
  const runtime = findRuntime(runtimeId);
  const factor = errorBand(core, runtime).band.value;
  const { execution } = runtime;
  const never =
    execution.kind === 'interpreted'
      ? (f: FunctionAnalysis, block: number) => interpreted(analysis, f, block, core, runtime.id)
      : (f: FunctionAnalysis, block: number) =>
          unoptimised(f, block, core, execution.checked || execution.rewritten === true);
  const moved = longestTransfers(analysis, counts, core, longest);
  const shares = new Map<number, number>();
  /** At most what the block's own code can take; what its instructions take elsewhere goes to all blocks of the function in proportion. */
  const ran = (i: number, block: number): number => {
    const f = analysis.functions[i]!;
    const most = (b: number): number => factor * (never(f, b) + moved(i, b).whole + REGISTERS + refill(core));
    const own = (b: number): number => {
      const times = counts.blocks[i]![b]!;
      return times > 0 ? Math.min(blockCycles[i]![b]! / times, most(b)) : 0;
    };
    let share = shares.get(i);
    if (share === undefined) {
      const total = (of: (b: number) => number) => f.blocks.reduce((sum, { id }) => sum + of(id), 0);
      const within = total((b) => own(b) * counts.blocks[i]![b]!);
      share = within > 0 ? total((b) => blockCycles[i]![b]!) / within : 1;
      shares.set(i, share);
    }
    return own(block) * share;
  };
  const dearer = dearerByData(analysis, counts, core, runtime);
  const again = rescans(analysis, counts, core, runtime);
  const prices = new Map<string, number>();
  return (i, block) => {
    const key = `${i} ${block}`;
    const known = prices.get(key);
    if (known !== undefined) return known;
    const f = analysis.functions[i]!;
    const times = counts.blocks[i]![block]!;
    let price: number;
    if (times > 0) {
      price = execution.kind === 'interpreted' ? blockCycles[i]![block]! / times : ran(i, block);
      price += factor * dearer(i, block);
      if (forks.has(key))
        price += factor * otherWay(f, block, core, execution.kind === 'interpreted', analysis, runtime.id);
    } else price = factor * never(f, block);
    price += factor * (again(i, block) + moved(i, block).longer);
    prices.set(key, price);
    return price;
  };
}

type RuntimeId = ReturnType<typeof findRuntime>['id'];

/** What a branch may cost more than it did on average. */
function otherWay(
  f: FunctionAnalysis,
  block: number,
  core: Core,
  isInterpreted: boolean,
  analysis: ModuleAnalysis,
  runtime: RuntimeId,
): number {
  const jump = refill(core);
  if (!isInterpreted) return jump;
  const last = f.blocks[block]!.last - 1;
  const taken = translationOf(analysis, f, runtime).taken.get(last) ?? [];
  return handlers(taken, core, runtime) + (core.timing.kind === 'dual-issue' ? 2 * jump : 0);
}

function handlers(names: readonly string[], { timing }: Core, runtime: RuntimeId): number {
  const column = timing.kind === 'single-issue' ? 'cortex-m4' : 'cortex-a7';
  return names.reduce((sum, name) => sum + handlerCost(runtime, name, column).cycles, 0);
}

/** All its handlers, those of a taken branch too, each dispatch mispredicted on a core that predicts. */
function interpreted(
  analysis: ModuleAnalysis,
  f: FunctionAnalysis,
  block: number,
  core: Core,
  runtime: RuntimeId,
): number {
  const translation = translationOf(analysis, f, runtime);
  const { first, last } = f.blocks[block]!;
  const names = translation.handlers.slice(first, last).flat();
  names.push(...(translation.taken.get(last - 1) ?? []));
  if (block === 0) names.push(...translation.entry);
  const dispatches = names.filter((name) => !name.startsWith('+')).length;
  const missed = core.timing.kind === 'dual-issue' ? core.timing.mispredict.value * dispatches : 0;
  let longer = 0;
  for (let at = first; at < last; at++) longer += longerByOperands(f.wasm.body, at, core, false);
  return handlers(names, core, runtime) + missed + longer;
}

function unoptimised(f: FunctionAnalysis, block: number, core: Core, checked: boolean): number {
  const { first, last } = f.blocks[block]!;
  return f.wasm.body.slice(first, last).reduce((sum, { name }) => sum + ofOperator(name, core, checked), 0);
}

/** Arguments, the jump and what a function keeps. */
const CALL = 24;
/** Instructions of a check of bounds: end, comparison and branch, in two words. */
const CHECK = 6;

function ofOperator(name: string, core: Core, checked: boolean): number {
  const { timing } = core;
  const single = timing.kind === 'single-issue';
  const load = single
    ? (timing.secondStage?.result.value ?? timing.load.value + timing.addressStall.value)
    : timing.loadLatency.value;
  const words = name.startsWith('i64') || name.startsWith('f64') ? 2 : 1;
  if (/^(block|loop|end|else|nop|drop)$/.test(name)) return 0;
  if (name === 'local.get' || name === 'global.get') return 2 * load;
  if (/^(local\.(set|tee)|global\.set)$/.test(name)) return 4;
  if (name.includes('.load')) return words * load + 1 + (checked ? CHECK + load : 0);
  if (name.includes('.store')) return words * 2 + 1 + (checked ? CHECK + load : 0);
  if (/^i64\.(div|rem)/.test(name)) return CHECK + longestDivisionOn(core);
  if (/^i32\.(div|rem)/.test(name)) {
    const divide = single ? timing.divide : timing.divideLatency;
    return (divide.high ?? divide.value) + 4 + (checked ? CHECK : 0);
  }
  if (name.endsWith('.mul'))
    return words * words * (single ? timing.multiply.value : timing.multiplyLatency.value);
  if (timing.floats === 'single' && isSoftCall(name)) return CALL + 2 * softCycles(name);
  if (/^f(32|64)\.(div|sqrt)$/.test(name)) return 72;
  if (/^f(32|64)/.test(name)) return 32;
  if (/^(if|br|br_if|return|select)$/.test(name)) return 3 + refill(core);
  if (name === 'br_table') return single ? timing.tableBranch.value + 2 : 4 + refill(core);
  if (/^(call|call_indirect|memory\.(copy|fill|init|grow))$/.test(name)) return CALL;
  return 4 * words;
}

/** Cycles of counted blocks on a core under a runtime: cycle-approximate, with a band. */
import { scale, type Estimate } from '../../common/estimate.ts';
import { findCore, type Core } from '../cores/index.ts';
import { findRuntime, type Runtime } from '../runtimes/index.ts';
import type { BlockCounts, ModuleAnalysis } from '../wasm/index.ts';
import { errorBand, floatBand } from './bands.ts';
import { compiledBlockCycles } from './compiled/block-cycles.ts';
import { isDoubleOperator, isFloatOperator } from './compiled/float-operators.ts';
import { divisionRange } from './division-range.ts';
import { interpretedBlockCycles, type InterpretedCycles } from './interpreted/block-cycles.ts';

export interface FunctionCost {
  /** Function index in the module. */
  index: number;
  name: string;
  calls: number;
  /** Spent in the function itself. */
  cycles: Estimate;
  wasmOps: number;
}

export interface CycleEstimate {
  cycles: Estimate;
  /** Executed operators; block, loop, end and else do not count. */
  wasmOps: number;
  /** In the order of the module, functions that never ran included. */
  perFunction: FunctionCost[];
  /** Central estimate of the cycles spent in each block, by function index and block id. */
  blockCycles: number[][];
  /** Of the cycles, central estimate: what an interpreter reads again for where blocks end (scan-note.ts). */
  scanCycles: number;
  /** What the figures rest on, one sentence each. */
  notes: string[];
}

/** What was priced before: where control flow is constant, every window runs the same blocks. */
const known = new WeakMap<ModuleAnalysis, Map<string, CycleEstimate>>();
/** More different runs of one module than this are not kept. */
const kept = 256;

/**
 * Prices counted blocks; a run of the same blocks again costs what it cost. `core` and `runtime` are ids (see sim/cores and sim/runtimes); unknown ones are refused
 * with ESC509 and ESC508.
 */
export function estimateCycles(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  core: string,
  runtime: string,
): CycleEstimate {
  const target = findCore(core);
  const engine = findRuntime(runtime);
  const before = known.get(analysis) ?? new Map<string, CycleEstimate>();
  known.set(analysis, before);
  const key = `${core} ${runtime} ${counts.blocks.join(' ')} ${JSON.stringify([counts.transfers, counts.divisions, counts.choices, counts.reads, counts.scans?.filter((s) => s.scans > 0)])}`;
  let estimate = before.get(key);
  if (!estimate) {
    if (before.size >= kept) before.clear();
    before.set(key, (estimate = price(analysis, counts, target, engine)));
  }
  return { ...estimate, notes: [...estimate.notes] };
}

function price(analysis: ModuleAnalysis, counts: BlockCounts, target: Core, engine: Runtime): CycleEstimate {
  const { blocks: blockCycles, assumedShare, scans } = cyclesByBlock(analysis, counts, target, engine);
  const known = errorBand(target, engine);
  const { notes } = known;
  let { band } = known;
  const cycles = total(blockCycles.map(total));
  if (cycles > 0)
    for (const doubles of [true, false]) {
      const has = doubles
        ? isDoubleOperator
        : (name: string) => isFloatOperator(name) && !isDoubleOperator(name);
      const share =
        cyclesOfBlocksWith(analysis, blockCycles, has, doubles ? null : isDoubleOperator) / cycles;
      if (share === 0) continue;
      const floats = floatBand(target, engine, doubles);
      const mixed = (edge: 'low' | 'high') => band[edge] + share * (floats.band[edge] - known.band[edge]);
      band = { ...band, low: mixed('low'), high: mixed('high') };
      notes.push(`${(100 * share).toFixed(share < 0.1 ? 1 : 0)} % of the cycles are in ${floats.says}.`);
    }
  const divided = divisionRange(analysis, counts, target, engine.execution.kind === 'compiled', cycles);
  if (divided) {
    band = { ...band, low: band.low * divided.low, high: band.high * divided.high };
    notes.push(divided.note);
  }
  const bulk = counts.transfers
    ? 0
    : operatorsThatRan(analysis, counts, (name) => /^memory\.(copy|fill|init)$/.test(name));
  if (bulk > 0)
    notes.push(
      `${bulk} copies and fills of memory ran. Nobody counted their lengths: each is taken to move 64 bytes.`,
    );
  const grown = operatorsThatRan(analysis, counts, (name) => name === 'memory.grow');
  if (grown > 0)
    notes.push(
      `memory.grow ran ${grown === 1 ? 'once' : `${grown} times`}. It is costed as a call: what the host does to get memory and to clear it is not counted.`,
    );
  if (assumedShare > 0.001)
    notes.push(
      `${(100 * assumedShare).toFixed(1)} % of the cycles are in operations of ${engine.name} that were never measured.`,
    );
  const perFunction = analysis.functions.map((f, i): FunctionCost => ({
    index: i,
    name: f.name,
    calls: counts.blocks[i]![0]!,
    cycles: scale(band, total(blockCycles[i]!)),
    wasmOps: f.operators.reduce((sum, n, b) => sum + n * counts.blocks[i]![b]!, 0),
  }));
  return {
    cycles: scale(band, cycles),
    wasmOps: total(perFunction.map((f) => f.wasmOps)),
    perFunction,
    blockCycles: blockCycles.map((f) => f.map((c) => c * band.value)),
    scanCycles: scans * band.value,
    notes,
  };
}

/** Cycles of the blocks with one kind of operators and none of another. */
const cyclesOfBlocksWith = (
  analysis: ModuleAnalysis,
  blockCycles: readonly (readonly number[])[],
  has: (name: string) => boolean,
  hasNot: ((name: string) => boolean) | null,
): number =>
  total(
    analysis.functions.flatMap((f, i) =>
      f.blocks
        .filter((b) => {
          const names = f.wasm.body.slice(b.first, b.last).map(({ name }) => name);
          return names.some(has) && !(hasNot && names.some(hasNot));
        })
        .map((b) => blockCycles[i]![b.id]!),
    ),
  );

const operatorsThatRan = (
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  is: (name: string) => boolean,
): number =>
  total(
    analysis.functions.flatMap((f, i) =>
      f.blocks.map(
        (b) =>
          counts.blocks[i]![b.id]! * f.wasm.body.slice(b.first, b.last).filter(({ name }) => is(name)).length,
      ),
    ),
  );

const total = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

function cyclesByBlock(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  core: Core,
  { id, execution }: Runtime,
): InterpretedCycles {
  if (execution.kind === 'interpreted') return interpretedBlockCycles(analysis, counts, id, core);
  return {
    blocks: compiledBlockCycles(analysis, counts, execution, core),
    assumedShare: 0,
    scans: 0,
  };
}

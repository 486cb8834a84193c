/** Times one call of any import-free module on a core under a runtime, with a profile by function and by loop. */
import { callRefusals, simRefusals } from '../common/refusals/index.ts';
import type { Estimate } from '../common/estimate.ts';
import type { SourcePosition } from '../common/source-map.ts';
import type { ManifestStage } from '../kernel/manifest.ts';
import { callArguments } from './call-arguments.ts';
import { endTable, findRuntime, type Runtime } from './runtimes/index.ts';
import { estimateCycles, scanNote, type FunctionCost } from './timing/index.ts';
import { layerCosts, type LayerCost } from './layer-costs.ts';
import { costByLine, type LineCost } from './source-lines.ts';
import {
  analyse,
  countMisses,
  instrument,
  openMeter,
  operatorsByFunction,
  placesEnough,
  repeatedScans,
  type BlockCounts,
  type CacheGeometry,
  type CacheMisses,
  type Meter,
  type ModuleAnalysis,
  type PlacedAccesses,
} from './wasm/index.ts';
import type { WasmFunction } from './wasm/module.ts';
import type { ReadOnly, Value } from './worst-case/value.ts';
import { statedBounds } from './worst-case/stated-bounds.ts';
import { waysThrough, worstCaseOf, type WorstCase } from './worst-case/worst-case.ts';

export interface ModuleCall {
  /** Exported function. */
  entry: string;
  /** One word for each parameter, e.g. 100, -1, 0x10, 2.5. */
  args: readonly string[];
  /** Loop iterations and function calls after which the module is stopped. */
  fuel: number;
  core: string;
  runtime: string;
  /** How often loops turn at most each time that they are entered, "function:loop=turns": what the caller knows of the module. */
  loopBounds?: readonly string[];
  /** Memory that no code writes. */
  readOnly?: readonly ReadOnly[];
  /** Where accesses go, for runtimes that compile them by it. */
  prove?: () => PlacedAccesses;
  /** Stages of one of our kernels. */
  stages?: readonly ManifestStage[];
  /** Source position of a byte of the module, where it is known. */
  locate?: (offset: number) => SourcePosition | null;
}

export interface LoopProfile {
  function: string;
  /** Byte offset of the loop in the module. */
  offset: number;
  depth: number;
  /** How often the loop's head ran. */
  iterations: number;
  /** Executed operators in the loop itself, inner loops apart. */
  wasmOps: number;
  /** Spent in the loop itself: central estimate. */
  cycles: number;
  /** Where its costliest line is. */
  source?: SourcePosition;
}

export interface ModuleTiming {
  /** What the words of the call became; what a number of this report does not hold exactly (inf, nan, long ones) is text. */
  args: (number | string)[];
  cycles: Estimate;
  wasmOps: number;
  /** The dearest ways through the call, whatever lies in memory; or that it always takes the same; or why no bound is found. */
  worstCase: WorstCase;
  /** What the call returned, as text. */
  result: string | null;
  /** Functions that ran, the costliest first. */
  functions: FunctionCost[];
  /** Loops that ran, the costliest first. */
  loops: LoopProfile[];
  /** Stages of one of our kernels, the costliest first. */
  layers?: LayerCost[];
  /** Source lines, the costliest first; cycles are central estimates. */
  lines?: LineCost[];
  notes: string[];
}

/**
 * Refuses what is no import-free module (ESC501 to ESC505, ESC510), what cannot be run (ESC429 to ESC431), an unknown entry (ESC506,
 * ESC428), wrong arguments (ESC426, ESC511, ESC610), a call that traps (ESC507) and one that does not end (ESC427).
 */
export function timeModule(bytes: Uint8Array, call: ModuleCall): ModuleTiming {
  const plain = analyse(bytes);
  const analysis = call.prove ? { ...plain, placed: call.prove() } : plain;
  const entry = findEntry(analysis, call.entry);
  const args = callArguments(entry, call.entry, call.args);
  const meter = openMeter(instrument(analysis, BigInt(call.fuel)));
  const notes = [
    ...ranBefore('The start function', analysis, meter.start),
    ...initialise(analysis, meter, call),
  ];
  let result: unknown;
  const counted = meter.count((instance) => {
    result = (instance.exports[call.entry] as (...values: unknown[]) => unknown)(...args);
  });
  const runtime = findRuntime(call.runtime);
  const counts = withScans(analysis, counted, runtime, call, args);
  const estimate = estimateCycles(analysis, counts, call.core, call.runtime);
  const scanned = scanNote(analysis, counts, runtime, [estimate]);
  return {
    args: args.map((a) => (isKeptByJson(a) ? Number(a) : textOf(a))),
    cycles: estimate.cycles,
    wasmOps: estimate.wasmOps,
    worstCase: worstCase(analysis, entry, args, counts, call),
    result: resultText(result),
    functions: estimate.perFunction
      .filter((f) => f.calls > 0)
      .sort((a, b) => b.cycles.value - a.cycles.value),
    loops: loopProfiles(analysis, counts, estimate.blockCycles, call.locate),
    ...(call.stages ? { layers: layerCosts(analysis, counts, estimate, call.stages) } : {}),
    ...(call.locate ? { lines: costByLine(analysis, estimate.blockCycles, call.locate) } : {}),
    notes: [...notes, ...estimate.notes, ...(scanned ? [scanned] : [])],
  };
}

/** With what an interpreter that keeps ends of blocks reads again, where they may not have the room. */
function withScans(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  runtime: Runtime,
  { entry }: ModuleCall,
  args: readonly (number | bigint)[],
): BlockCounts {
  const ends = endTable(runtime);
  if (!ends || placesEnough(analysis, counts, ends) === ends.places) return counts;
  const scans = repeatedScans(
    analysis,
    ends,
    ({ exports }) => {
      if (isInitialisedFirst(analysis, entry)) (exports._initialize as () => void)();
    },
    ({ exports }) => (exports[entry] as (...values: unknown[]) => unknown)(...args),
  );
  return scans ? { ...counts, scans } : counts;
}

function worstCase(
  analysis: ModuleAnalysis,
  entry: WasmFunction,
  args: readonly (number | bigint)[],
  counts: BlockCounts,
  { core, runtime, loopBounds = [], readOnly }: ModuleCall,
): WorstCase {
  try {
    const knowledge = { loopBounds: statedBounds(analysis, counts, loopBounds), readOnly };
    const ways = waysThrough({ analysis, entry: entry.index, args: args.map(known), knowledge });
    const { cycles, wasmOps } = estimateCycles(analysis, counts, core, runtime);
    return worstCaseOf(analysis, ways, { counts, cycles, wasmOps }, core, runtime);
  } catch (error) {
    // Functions that call each other through a table are followed until this engine's own stack ends.
    if (!(error instanceof RangeError)) throw error;
    return {
      kind: 'unbounded',
      function: entry.name,
      loop: -1,
      offset: entry.bodyOffset,
      reason: 'calls nest too deeply to be followed',
    };
  }
}

/** A module of several results answers with all of them. */
function resultText(result: unknown): string | null {
  if (result === undefined) return null;
  return Array.isArray(result) ? result.map(textOf).join(', ') : textOf(result);
}

/** Reports cut fractions to six digits. */
const isKeptByJson = (n: number | bigint): boolean =>
  Number.isSafeInteger(Number(n)) ||
  (typeof n === 'number' && Number.isFinite(n) && n === Number(n.toPrecision(6)));

const textOf = (value: unknown): string => (Object.is(value, -0) ? '-0' : String(value));

/** Reactors set up their data in `_initialize`, which whoever loads them calls first. */
export const isInitialisedFirst = ({ module }: ModuleAnalysis, entry: string): boolean =>
  entry !== '_initialize' &&
  module.functions.some((f) => f.exports.includes('_initialize') && f.type.params.length === 0);

function initialise(analysis: ModuleAnalysis, meter: Meter, { entry }: ModuleCall): string[] {
  if (!isInitialisedFirst(analysis, entry)) return [];
  const counts = meter.count(({ exports }) => (exports._initialize as () => void)());
  return ranBefore('_initialize', analysis, counts);
}

/** What ran before the call is no part of its cost. */
function ranBefore(what: string, analysis: ModuleAnalysis, counts: BlockCounts): string[] {
  const operators = operatorsByFunction(analysis, counts).reduce((a, b) => a + b, 0);
  return operators > 0
    ? [`${what} ran first: ${operators} wasm operators, which are not counted in the call.`]
    : [];
}

/**
 * What a call that has been timed misses in data caches that are empty when it begins; null where a module's addresses cannot be
 * followed: it changes the size of its memory, has none that is exported, or leaves no room behind it for the caches.
 */
export function callMisses(bytes: Uint8Array, call: ModuleCall, caches: CacheGeometry): CacheMisses | null {
  const analysis = analyse(bytes);
  const counting = countMisses(analysis, caches);
  if (!counting) return null;
  const args = callArguments(findEntry(analysis, call.entry), call.entry, call.args);
  let instance: WebAssembly.Instance;
  try {
    instance = new WebAssembly.Instance(new WebAssembly.Module(counting.bytes));
  } catch (error) {
    // The call has run in this engine before: what it refuses now is the memory with the caches behind it.
    if (error instanceof WebAssembly.CompileError || error instanceof RangeError) return null;
    throw error;
  }
  const { exports } = instance;
  if (isInitialisedFirst(analysis, call.entry)) (exports._initialize as () => void)();
  counting.clear(instance);
  const before = counting.read(instance);
  (exports[call.entry] as (...values: unknown[]) => unknown)(...args);
  const after = counting.read(instance);
  return {
    level1: after.level1 - before.level1,
    sequential: after.sequential - before.sequential,
    level2: after.level2 - before.level2,
  };
}

/** Arguments that control flow can be followed with: integers. */
const known = (value: number | bigint): Value =>
  typeof value === 'bigint' ? value : Number.isInteger(value) ? value | 0 : undefined;

function findEntry({ module }: ModuleAnalysis, name: string): WasmFunction {
  const entry = module.functions.find((f) => f.exports.includes(name));
  if (entry) return entry;
  const functions = module.functions.flatMap((f) => f.exports);
  const other = module.exports.find((e) => e.name === name);
  throw other
    ? callRefusals.exportIsNoFunction(name, other.kind, functions)
    : simRefusals.noSuchExport(name, functions);
}

function loopProfiles(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  blockCycles: readonly (readonly number[])[],
  locate: ModuleCall['locate'],
): LoopProfile[] {
  return analysis.functions
    .flatMap((f, i) =>
      f.loops.map((loop): LoopProfile => {
        const own = f.blocks.filter((block) => block.loop === loop.id);
        const total = (of: (id: number) => number) => own.reduce((sum, block) => sum + of(block.id), 0);
        const inLoop = blockCycles.map((blocks, at) =>
          blocks.map((c, id) => (at === i && f.blocks[id]?.loop === loop.id ? c : 0)),
        );
        const [hottest] = locate ? costByLine(analysis, inLoop, locate) : [];
        return {
          function: f.name,
          offset: f.wasm.body[loop.instruction].offset,
          depth: loop.depth,
          iterations: counts.blocks[i][loop.head],
          wasmOps: total((id) => f.operators[id] * counts.blocks[i][id]),
          cycles: total((id) => blockCycles[i][id]),
          ...(hottest ? { source: { file: hottest.file, line: hottest.line } } : {}),
        };
      }),
    )
    .filter((loop) => loop.iterations > 0)
    .sort((a, b) => b.cycles - a.cycles || b.wasmOps - a.wasmOps);
}

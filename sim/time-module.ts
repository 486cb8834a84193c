/** Times one call of any import-free module on a core under a runtime, with a profile by function and by loop. */
import { simRefusals } from '../common/refusals/index.ts';
import type { Estimate } from '../common/estimate.ts';
import type { SourcePosition } from '../common/source-map.ts';
import type { ManifestStage } from '../kernel/manifest.ts';
import { estimateCycles, type FunctionCost } from './timing/index.ts';
import { layerCosts, type LayerCost } from './layer-costs.ts';
import { costByLine, type LineCost } from './source-lines.ts';
import {
  analyse,
  countMisses,
  instrument,
  openMeter,
  type BlockCounts,
  type CacheGeometry,
  type CacheMisses,
  type ModuleAnalysis,
} from './wasm/index.ts';
import type { WasmFunction } from './wasm/module.ts';
import type { Value } from './worst-case/expression.ts';
import { blockCosts, worstCaseOf, type WorstCase } from './worst-case/worst-case.ts';

export interface ModuleCall {
  /** Exported function. */
  entry: string;
  args: readonly number[];
  core: string;
  runtime: string;
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

/** Refuses what is no import-free module (ESC501 to ESC505, ESC510), an unknown entry (ESC506) and wrong arguments (ESC511). */
export function timeModule(bytes: Uint8Array, call: ModuleCall): ModuleTiming {
  const analysis = analyse(bytes);
  const args = argumentsFor(findEntry(analysis, call.entry), call);
  const meter = openMeter(instrument(analysis));
  const initialise = meter.instance.exports._initialize;
  if (typeof initialise === 'function' && call.entry !== '_initialize') (initialise as () => void)();
  let result: unknown;
  const counts = meter.count((instance) => {
    result = (instance.exports[call.entry] as (...values: unknown[]) => unknown)(...args);
  });
  const estimate = estimateCycles(analysis, counts, call.core, call.runtime);
  return {
    cycles: estimate.cycles,
    wasmOps: estimate.wasmOps,
    worstCase: worstCaseOf({
      analysis,
      entry: findEntry(analysis, call.entry).index,
      args: args.map(known),
      observed: estimate,
      costs: blockCosts(analysis, counts, call.core, call.runtime),
    }),
    result: result === undefined ? null : String(result),
    functions: estimate.perFunction
      .filter((f) => f.calls > 0)
      .sort((a, b) => b.cycles.value - a.cycles.value),
    loops: loopProfiles(analysis, counts, estimate.blockCycles, call.locate),
    ...(call.stages ? { layers: layerCosts(analysis, counts, estimate, call.stages) } : {}),
    ...(call.locate ? { lines: costByLine(analysis, estimate.blockCycles, call.locate) } : {}),
    notes: estimate.notes,
  };
}

/** What the call misses in data caches that are empty when it begins; null where a module's addresses cannot be followed. */
export function callMisses(bytes: Uint8Array, call: ModuleCall, caches: CacheGeometry): CacheMisses | null {
  const analysis = analyse(bytes);
  const counting = countMisses(analysis, caches);
  if (!counting) return null;
  const args = argumentsFor(findEntry(analysis, call.entry), call);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(counting.bytes));
  const instance = { exports } as WebAssembly.Instance;
  if (typeof exports._initialize === 'function' && call.entry !== '_initialize')
    (exports._initialize as () => void)();
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
  if (!entry)
    throw simRefusals.noSuchExport(
      name,
      module.functions.flatMap((f) => f.exports),
    );
  return entry;
}

function argumentsFor({ type }: WasmFunction, { entry, args }: ModuleCall): (number | bigint)[] {
  if (type.params.length !== args.length)
    throw simRefusals.wrongArguments(entry, type.params.join(', '), args.length);
  return args.map((value, i) => (type.params[i] === 'i64' ? BigInt(Math.trunc(value)) : value));
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

/** Times one call of any import-free module on a core under a runtime, with a profile by function and by loop. */
import { simRefusals } from '../common/refusals/index.ts';
import type { Estimate } from '../common/estimate.ts';
import { estimateCycles, type FunctionCost } from './timing/index.ts';
import { analyse, instrument, openMeter, type BlockCounts, type ModuleAnalysis } from './wasm/index.ts';
import type { WasmFunction } from './wasm/module.ts';

export interface ModuleCall {
  /** Exported function. */
  entry: string;
  args: readonly number[];
  core: string;
  runtime: string;
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
}

export interface ModuleTiming {
  cycles: Estimate;
  wasmOps: number;
  /** What the call returned, as text. */
  result: string | null;
  /** Functions that ran, the costliest first. */
  functions: FunctionCost[];
  /** Loops that ran, the busiest first. */
  loops: LoopProfile[];
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
    result: result === undefined ? null : String(result),
    functions: estimate.perFunction
      .filter((f) => f.calls > 0)
      .sort((a, b) => b.cycles.value - a.cycles.value),
    loops: loopProfiles(analysis, counts),
    notes: estimate.notes,
  };
}

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

function loopProfiles({ functions }: ModuleAnalysis, counts: BlockCounts): LoopProfile[] {
  return functions
    .flatMap((f, i) =>
      f.loops.map((loop): LoopProfile => {
        const own = f.blocks.filter((block) => block.loop === loop.id);
        return {
          function: f.name,
          offset: f.wasm.body[loop.instruction].offset,
          depth: loop.depth,
          iterations: counts.blocks[i][loop.head],
          wasmOps: own.reduce(
            (total, block) => total + f.operators[block.id] * counts.blocks[i][block.id],
            0,
          ),
        };
      }),
    )
    .filter((loop) => loop.iterations > 0)
    .sort((a, b) => b.wasmOps - a.wasmOps);
}

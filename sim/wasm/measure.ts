/** Runs an instrumented module in the host engine and turns its counters into exact block counts. */
import { simRefusals } from '../../common/refusals/index.ts';
import type { ModuleAnalysis } from './analysis.ts';
import type { Instrumented } from './instrument.ts';

/** How often each block ran, by function index and block id. */
export interface BlockCounts {
  blocks: number[][];
}

/** An instance of an instrumented module whose calls can be counted one by one. */
export interface Meter {
  instance: WebAssembly.Instance;
  /** Counts of what happens during the call; state of the instance stays. Refuses with ESC507 when it traps. */
  count(call: (instance: WebAssembly.Instance) => void): BlockCounts;
}

export function openMeter(instrumented: Instrumented): Meter {
  const instance = new WebAssembly.Instance(compiled(instrumented), {});
  const globals = Array.from(
    { length: instrumented.counters },
    (_, i) => instance.exports[`${instrumented.prefix}${i}`] as WebAssembly.Global,
  );
  const read = () => globals.map((g) => g.value as bigint);
  return {
    instance,
    count(call) {
      const before = read();
      try {
        call(instance);
      } catch (error) {
        if (error instanceof WebAssembly.RuntimeError) throw simRefusals.trapped(error.message);
        if (error instanceof RangeError) throw simRefusals.trapped('the call stack is exhausted');
        throw error;
      }
      const counts = read().map((after, i) => Number(after - before[i]!));
      return {
        blocks: instrumented.plans.map(({ firstCounter, plan }) =>
          plan.solve(counts.slice(firstCounter, firstCounter + plan.counted.length)),
        ),
      };
    },
  };
}

/** Counts one call on a fresh instance. */
export const measure = (
  instrumented: Instrumented,
  call: (instance: WebAssembly.Instance) => void,
): BlockCounts => openMeter(instrumented).count(call);

const modules = new WeakMap<Instrumented, WebAssembly.Module>();

function compiled(instrumented: Instrumented): WebAssembly.Module {
  let module = modules.get(instrumented);
  if (!module) modules.set(instrumented, (module = new WebAssembly.Module(instrumented.bytes)));
  return module;
}

/** Executed operators, by function index. */
export const operatorsByFunction = (analysis: ModuleAnalysis, counts: BlockCounts): number[] =>
  analysis.functions.map((f, i) =>
    f.operators.reduce((sum, n, b) => sum + n * (counts.blocks[i]![b] ?? 0), 0),
  );

/** Executed operators by name. */
export function operatorCounts(analysis: ModuleAnalysis, counts: BlockCounts): Map<string, number> {
  const result = new Map<string, number>();
  analysis.functions.forEach((f, i) =>
    f.blocks.forEach((b) => {
      const times = counts.blocks[i]![b.id]!;
      if (times === 0) return;
      for (const { name } of f.wasm.body.slice(b.first, b.last))
        if (name !== 'block' && name !== 'loop' && name !== 'end' && name !== 'else')
          result.set(name, (result.get(name) ?? 0) + times);
    }),
  );
  return result;
}

/** The counts of `a` less those of `b`, for differences between two runs. */
export const subtract = (a: BlockCounts, b: BlockCounts): BlockCounts => ({
  blocks: a.blocks.map((f, i) => f.map((n, j) => n - b.blocks[i]![j]!)),
});

/** Adds counts up, e.g. of all windows of a recording. */
export const addCounts = (all: readonly BlockCounts[]): BlockCounts => ({
  blocks: all[0]!.blocks.map((f, i) => f.map((_, j) => all.reduce((sum, c) => sum + c.blocks[i]![j]!, 0))),
});

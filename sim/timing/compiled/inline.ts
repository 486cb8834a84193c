/** Which calls gcc -O2 inlines. wasm2c's functions are static, with an exported wrapper around each export; recursive ones stay as they are. */
import type { BlockCounts, FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import type { Build } from './build.ts';
import { buildGuessedGraph } from './build-flow-graph.ts';
import type { EarlyGraphs } from './early-graphs.ts';
import type { Guesses } from './flow-graph.ts';
import { inlineAll, type InlineTree } from './inline-edges.ts';
import { loopBounds } from './inline-hints.ts';
import { isLateAccess } from './inline-order.ts';
import { inlineSize } from './inline-size.ts';
import type { Value } from './inline-values.ts';
import { knownParameters } from './parameters.ts';
import { passesCheck, passesOther } from './static-profile.ts';

/** What is inlined into a piece of code, by the place of the call. */
export type Inlining = ReadonlyMap<number, { inlined: Inlining }>;

export interface InlinePlan {
  /** What is inlined into a function that stays. */
  of(f: number): Inlining;
  /** Whether some code of the function stays outside of its callers. */
  standsAlone(f: number): boolean;
  /** Whether the wrapper around an export, or a caller, took the function in. */
  isWrapped(f: number): boolean;
}

const plans = new WeakMap<ModuleAnalysis, Map<string, InlinePlan>>();

export function inlinePlan(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  { checked, floats, cheapBranches }: Pick<Build, 'checked' | 'floats' | 'cheapBranches'>,
  graphOf: EarlyGraphs,
  guesses: Guesses,
): InlinePlan {
  const made = plans.get(analysis) ?? new Map<string, InlinePlan>();
  plans.set(analysis, made);
  const key = `${checked} ${floats} ${cheapBranches}`;
  const plan = made.get(key) ?? makePlan(analysis, counts, checked, graphOf, guesses);
  made.set(key, plan);
  return plan;
}

function makePlan(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  checked: boolean,
  graphOf: EarlyGraphs,
  guesses: Guesses,
): InlinePlan {
  const { functions, module } = analysis;
  const callees = functions.map(
    (f) => new Set(f.wasm.body.filter((i) => i.name === 'call').map((i) => i.index)),
  );
  const wrapped = module.exports.filter((e) => e.kind === 'function').map((e) => e.index);
  if (module.start !== undefined) wrapped.push(module.start);
  // Through a table anything may call them.
  const kept = new Set(module.elements);
  const reached = reachedFrom(callees, [...wrapped, ...kept]);
  const frequencies = functions.map(() => null as Float64Array | null);
  const bounds = functions.map(() => null as Set<number>[] | null);
  const known = knownParameters(analysis, graphOf, undefined, checked);
  const { trees, wrappers, called } = inlineAll({
    reached: [...reached].sort((x, y) => x - y),
    wrapped,
    kept,
    recursive: new Set([...reached].filter((f) => reachedFrom(callees, callees[f]!).has(f))),
    estimate: (f, placed) => {
      frequencies[f] ??= frequenciesOf(analysis, counts, functions[f]!, guesses);
      return inlineSize(analysis, functions[f]!, frequencies[f], placed, checked);
    },
    given: (f) =>
      functions[f]!.wasm.type.params.map((_, i): Value => {
        const constant = known(f)[i]?.constant ?? null;
        return constant === null
          ? { kind: 'given', changes: 1, at: 1 }
          : { kind: 'constant', constant, changes: 0, at: 0 };
      }),
    iterationsAreKnown: ({ callee, args }) => {
      bounds[callee] ??= functions[callee]!.loops.length > 0 ? loopBounds(graphOf(functions[callee]!)) : [];
      // What all calls pass is known without this one.
      return bounds[callee].some(
        (params) =>
          [...params].every((p) => args[p]!.kind === 'constant') &&
          [...params].some((p) => (known(callee)[p]?.constant ?? null) === null),
      );
    },
  });
  const alone = new Set([...wrapped, ...kept, ...called]);
  return {
    of: (f) => (wrappers.get(f) ?? trees.get(f))?.inlined ?? new Map<number, InlineTree>(),
    standsAlone: (f) => alone.has(f),
    isWrapped: (f) => wrappers.has(f) || !alone.has(f),
  };
}

/** How often each instruction of a function is reached, by what gcc guesses; 0 where control cannot come. */
function frequenciesOf(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  f: FunctionAnalysis,
  guesses: Guesses,
): Float64Array {
  const { entry, blocks } = buildGuessedGraph(analysis, counts, f, guesses);
  const { body } = f.wasm;
  const result = new Float64Array(body.length);
  for (const b of blocks) {
    let often = b.count / entry.count;
    if (b.enters) often *= passesOther;
    for (let i = b.first; i < b.last; i++) {
      result[i] = Math.max(result[i]!, often);
      const { name } = body[i]!;
      if (guesses.checked && /\.(load|store)/.test(name) && !isLateAccess(name)) often *= passesCheck;
    }
  }
  return result;
}

function reachedFrom(callees: readonly ReadonlySet<number>[], from: Iterable<number>): Set<number> {
  const found = new Set(from);
  for (const f of found) for (const callee of callees[f]!) found.add(callee);
  return found;
}

/** Which calls gcc -O2 inlines. wasm2c's functions are static, with an exported wrapper around each export; recursive ones stay as they are. */
import type { BlockCounts, FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import type { Build } from './build.ts';
import { buildGuessedGraph } from './build-flow-graph.ts';
import type { EarlyGraphs } from './early-graphs.ts';
import type { Guesses } from './flow-graph.ts';
import { splitFunctions } from './function-splitting.ts';
import { inlineAll, type InlineTree } from './inline-edges.ts';
import { loopBounds } from './inline-hints.ts';
import { headCall, inlineSize, sizeOfHead, type InlineSize, type Placed } from './inline-size.ts';
import type { Value } from './inline-values.ts';
import { knownParameters } from './parameters.ts';
import { passesOther } from './static-profile.ts';

/** What is inlined into a piece of code, by the place of the call. */
export type Inlining = ReadonlyMap<number, { inlined: Inlining }>;

export interface InlinePlan {
  /** What is inlined into a function that stays. */
  of(f: number): Inlining;
  /** Whether some code of the function stays outside of its callers. */
  standsAlone(f: number): boolean;
  /** Whether the wrapper around an export, or a caller, took the function in. */
  isWrapped(f: number): boolean;
  /** Whether callers check the depth of calls for what stays of the function. */
  isPart(f: number): boolean;
}

const plans = new WeakMap<ModuleAnalysis, Map<string, InlinePlan>>();

export function inlinePlan(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  {
    checked,
    floats,
    cheapBranches,
    rewritten,
  }: Pick<Build, 'checked' | 'floats' | 'cheapBranches' | 'rewritten'>,
  graphOf: EarlyGraphs,
  guesses: Guesses,
): InlinePlan {
  const made = plans.get(analysis) ?? new Map<string, InlinePlan>();
  plans.set(analysis, made);
  const key = `${checked} ${rewritten} ${floats} ${cheapBranches}`;
  const plan = made.get(key) ?? makePlan(analysis, counts, { checked, rewritten }, graphOf, guesses);
  made.set(key, plan);
  return plan;
}

function makePlan(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  build: Pick<Build, 'checked' | 'rewritten'>,
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
  const sizeOf = (f: number, placed: Placed, isPart: boolean): InlineSize => {
    frequencies[f] ??= frequenciesOf(analysis, counts, functions[f]!, guesses);
    return inlineSize(analysis, functions[f]!, frequencies[f], placed, build, isPart);
  };
  const known = knownParameters(analysis, graphOf, undefined, build.checked);
  const given = (f: number): Value[] =>
    functions[f]!.wasm.type.params.map((_, i): Value => {
      const constant = known(f)[i]?.constant ?? null;
      return constant === null
        ? { kind: 'given', changes: 1, at: 1 }
        : { kind: 'constant', constant, changes: 0, at: 0 };
    });
  const size = (f: number): number => sizeOf(f, { args: given(f), frequency: 1, depth: 0 }, false).size;
  const splits = splitFunctions(analysis, reached, wrapped, graphOf, size);
  // Calls through a table are not followed to a head.
  for (const f of kept) splits.delete(f);
  // The part of a function that is split has a number of its own.
  const partOf = (f: number): number => f + functions.length;
  const wholeOf = (f: number): number => f % functions.length;
  const recursive = [...reached].filter((f) => reachedFrom(callees, callees[f]!).has(f));
  const bounds = functions.map(() => null as Set<number>[] | null);
  const { trees, wrappers, called } = inlineAll({
    reached: [...reached, ...[...splits].map(partOf)].sort((x, y) => x - y),
    wrapped,
    kept,
    recursive: new Set(recursive.flatMap((f) => [f, partOf(f)])),
    estimate: (number, placed) => {
      const f = wholeOf(number);
      if (splits.has(number)) return sizeOfHead(functions[f]!, partOf(f), placed);
      return sizeOf(f, placed, number !== f);
    },
    given: (number) => given(wholeOf(number)),
    iterationsAreKnown: ({ callee: number, args }) => {
      if (splits.has(number)) return false;
      const callee = wholeOf(number);
      bounds[callee] ??= functions[callee]!.loops.length > 0 ? loopBounds(graphOf(functions[callee]!)) : [];
      // What all calls pass is known without this one.
      return bounds[callee].some(
        (params) =>
          [...params].every((p) => args[p]!.kind === 'constant') &&
          [...params].some((p) => (known(callee)[p]?.constant ?? null) === null),
      );
    },
  });
  const alone = new Set([...wrapped, ...kept, ...[...called].map(wholeOf)]);
  const isPart = (f: number): boolean => splits.has(f) && called.has(partOf(f));
  /** What a tree has of a function's own body, null where that is called. */
  const bodyOf = (tree: InlineTree): InlineTree | null =>
    splits.has(tree.f) ? (tree.inlined.get(headCall) ?? null) : tree;
  const inliningOf = (tree: InlineTree | null | undefined): Inlining =>
    new Map(
      [...(tree?.inlined ?? [])].flatMap(([at, taken]) => {
        const body = bodyOf(taken);
        return body ? [[at, { inlined: inliningOf(body) }]] : [];
      }),
    );
  return {
    of: (f) => {
      const tree = wrappers.get(f) ?? trees.get(f);
      return inliningOf(isPart(f) ? trees.get(partOf(f)) : tree && bodyOf(tree));
    },
    standsAlone: (f) => alone.has(f),
    isWrapped: (f) => !isPart(f) && (wrappers.has(f) || !alone.has(f)),
    isPart,
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
    if (b.enters && guesses.countsDepth) often *= passesOther;
    for (let i = b.first; i < b.last; i++) {
      result[i] = Math.max(result[i]!, often);
      const { name } = body[i]!;
      if (/\.(load|store)/.test(name)) often *= guesses.passes(f, i, true);
    }
  }
  return result;
}

function reachedFrom(callees: readonly ReadonlySet<number>[], from: Iterable<number>): Set<number> {
  const found = new Set(from);
  for (const f of found) for (const callee of callees[f]!) found.add(callee);
  return found;
}

/**
 * How likely each branch is taken, as gcc 12 guesses it without a profile (predict.c), function by function before anything but the smallest accessors is inlined: each
 * heuristic has its word on some ways, and the words are combined. The probabilities of the heuristics are those of gcc's predict.def.
 */
import type { BlockCounts, FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import type { Build } from './build.ts';
import { divisionTraps } from './checks.ts';
import { calledAccessors, coldAccesses } from './cold-accesses.ts';
import { buildEarlyGraph, buildGuessedGraph } from './build-flow-graph.ts';
import type { Guess, Guesses } from './flow-graph.ts';
import { isLateAccess } from './inline-order.ts';
import { resolve, type Graph, type Node } from './ir.ts';
import { combine } from './predict/combine.ts';
import { dominance } from './predict/dominance.ts';
import { decideEarly } from './predict/early-branches.ts';
import { guessLoops } from './predict/loops.ts';
import { guessByOpcode } from './predict/opcode.ts';
import { guessPathsTo, type Shape } from './predict/paths.ts';
import { guessReturns } from './predict/returns.ts';
import { guess, skeletonOf, type Skeleton, type Spot } from './predict/skeleton.ts';
import { Ranges } from './ranges.ts';
import { buildSsa } from './ssa.ts';
import { passesCheck, passesEither } from './static-profile.ts';
import { analyseStructure } from './structure.ts';

/** PRED_NORETURN, PRED_GOTO, PRED_CALL. */
const [toTrap, toGoto, toCall] = [4, 3400, 3300];

const known = new WeakMap<ModuleAnalysis, Map<string, Guess>>();

type PredictedBuild = Pick<Build, 'checked' | 'floats' | 'cheapBranches' | 'rewritten'>;

/** Guesses of a module's functions, each made when it is asked for. */
export function predictions(analysis: ModuleAnalysis, counts: BlockCounts, build: PredictedBuild): Guesses {
  const made = known.get(analysis) ?? new Map<string, Guess>();
  known.set(analysis, made);
  const of = (f: FunctionAnalysis): Guess => {
    const key = `${f.wasm.index} ${build.checked} ${build.rewritten} ${build.floats} ${build.cheapBranches}`;
    const result = made.get(key) ?? predict(analysis, counts, f, build);
    made.set(key, result);
    return result;
  };
  let called: ReadonlySet<string> | null = null;
  return {
    ...checksOf(analysis, build),
    of,
    isCalled: (f, at) => {
      if (!of(f).cold.has(at)) return false;
      called ??= calledAccessors(analysis.functions, (g) => of(g).cold);
      return called.has(f.wasm.body[at]!.name);
    },
  };
}

/** Where a build branches to traps. */
function checksOf(
  { placed }: ModuleAnalysis,
  { checked, rewritten }: PredictedBuild,
): Pick<Guesses, 'countsDepth' | 'passes'> {
  return {
    countsDepth: !rewritten,
    passes: ({ wasm: { body, index } }, at, early) => {
      const { name } = body[at]!;
      if (!rewritten) return checked && !(early && isLateAccess(name)) ? passesCheck : 1;
      if (early || (placed?.kinds[index]?.get(at) ?? 'any') !== 'any') return 1;
      return placed?.flash && name.includes('.load') ? passesEither : passesCheck;
    },
  };
}

function predict(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  f: FunctionAnalysis,
  build: PredictedBuild,
): Guess {
  const g = buildSsa(buildEarlyGraph(analysis, counts, f), build);
  analyseStructure(g);
  const decided = decideEarly(g);
  // Of evrp, when accessors are calls.
  const ranges = new Ranges(true, true);
  const divisions = new Map<Node, number[]>();
  const divides = new Map<number, number>();
  for (const b of g.blocks)
    for (const n of b.nodes) {
      if (n.op !== 'divcheck') continue;
      const traps = divisionTraps(n, b, ranges, build.cheapBranches);
      divisions.set(n, traps);
      const { block } = n.origin;
      divides.set(
        block,
        traps.reduce((p, t) => p * (1 - t), divides.get(block) ?? 1),
      );
    }
  const skeleton = skeletonOf(g, f.wasm.index, divisions);
  guessAll(g, skeleton);
  const ways = new Map(decided);
  for (const spot of skeleton.spots) {
    if (spot.out.length < 2) continue;
    for (const [way, p] of combine(spot)) if (way.edge?.exit !== undefined) ways.set(way.edge.exit, p);
  }
  const found = { ways, divides, cold: new Set<number>() };
  if (!build.checked) return found;
  const guesses = { ...checksOf(analysis, build), of: () => found, isCalled: () => false };
  return { ...found, cold: coldAccesses(buildGuessedGraph(analysis, counts, f, guesses)) };
}

function guessAll(g: Graph, skeleton: Skeleton): void {
  const { spots, entry, exit, loops } = skeleton;
  const outward = (s: Spot) => s.out.map((w) => w.to);
  const inward = (s: Spot) => s.in.map((w) => w.from);
  const shape: Shape = {
    forward: dominance(entry, outward, inward),
    backward: dominance(exit, inward, outward),
    loops,
  };
  guessReturns(shape, g, skeleton);
  for (const s of spots) {
    if (s.traps && skeleton.returns) guessPathsTo(shape, s, 'noreturn', toTrap);
    if (s.jumps) guessPathsTo(shape, s, 'goto', toGoto);
  }
  guessLoops(g, shape, skeleton);
  for (const s of spots) {
    if (s.out.length < 2) continue;
    for (const way of s.out) {
      const { to } = way;
      if (to.calls && to !== s && shape.forward.dominates(s, to) && !shape.backward.dominates(to, s))
        guess(way, 'call', toCall);
    }
    const term = s.block?.term;
    if (term?.kind !== 'branch') continue;
    const byOpcode = guessByOpcode(resolve(term.condition));
    const yes = s.out.find((w) => w.edge === term.edges[0]);
    if (byOpcode && yes) guess(yes, byOpcode.predictor, byOpcode.probability);
  }
}

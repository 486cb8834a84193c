/** The compiled-code model end to end: analysis and counts in, machine code with spills out. */
import type { BlockCounts, FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import { buildKey, type Build } from './build.ts';
import { takeCarries } from './carries.ts';
import { addCanonicalCounters } from './canonical-counters.ts';
import { dropRepeatedDepths } from './call-depth.ts';
import { allocate, type Allocation } from './allocate.ts';
import { coalesce } from './allocate/coalesce.ts';
import { joinConstants } from './constant-sums.ts';
import { chooseOperands } from './conditional-operands.ts';
import { copyPrevious } from './copy-previous.ts';
import { dropHeld } from './bounded-accesses.ts';
import { copyInnerEnds } from './inner-ends.ts';
import { moveExpensiveInvariants } from './expensive-invariants.ts';
import { shrinkChecks } from './checks.ts';
import { buildFlowGraph } from './build-flow-graph.ts';
import { earlyGraphs } from './early-graphs.ts';
import { hoistCertain } from './hoist-certain.ts';
import { hoistRepeated } from './hoist-repeated.ts';
import { chooseInductionVariables } from './induction.ts';
import { computeFinalValues } from './final-values.ts';
import { decideBranches } from './decided-branches.ts';
import { dropSigns } from './drop-signs.ts';
import { addFrame } from './frame.ts';
import type { Chosen, Graph } from './ir.ts';
import { joinBlocks } from './join-blocks.ts';
import { combineConditions } from './combine-conditions.ts';
import { convertBranches } from './if-convert.ts';
import { moveGlobalStores } from './global-stores.ts';
import { keepGlobals } from './global-values.ts';
import { inlinePlan, type InlinePlan } from './inline.ts';
import { ownShares } from './inline-shares.ts';
import { placeLoopSums } from './loop-sums.ts';
import { narrowShifts } from './low-words.ts';
import { joinCases } from './join-cases.ts';
import { lowerSwitches } from './lower-switches.ts';
import { moveReads } from './load-motion.ts';
import { lower } from './lower.ts';
import { shareSums } from './lower/common-sums.ts';
import { knownParameters, type Parameters } from './parameters.ts';
import { predictions } from './predict.ts';
import { constantTrips, registerFrequencies } from './static-profile.ts';
import { sharePartialSums } from './partial-sums.ts';
import { dropMasks } from './masks.ts';
import { narrowCounters } from './narrow-counters.ts';
import { narrowChoices } from './narrow-choices.ts';
import { narrowStores } from './narrow-stores.ts';
import { splitNeutralChoices } from './neutral-choices.ts';
import { numberValues, optimize, removeDead } from './optimize.ts';
import { multiplyByShifts } from './multiply-by-shifts.ts';
import { entryScale } from './own-profile.ts';
import { numberRegisters } from './number-registers.ts';
import { makePositionIndependent } from './position-independent.ts';
import { copyRepeatedConstants } from './repeated-constants.ts';
import { decideRelated } from './related-branches.ts';
import { reorderBlocks } from './reorder-blocks.ts';
import { bringAddresses, removePartialRedundancies } from './partial-redundancy.ts';
import { dropPassedChecks } from './passed-checks.ts';
import { preload } from './preload.ts';
import { reassociate } from './reassociate.ts';
import { analyseStructure } from './structure.ts';
import { schedule } from './schedule.ts';
import { shareOffsets } from './shared-offsets.ts';
import { choosePairs } from './signed-choices.ts';
import { sink } from './sink.ts';
import { threadChoices } from './thread-choices.ts';
import { splitEdges } from './split-edges.ts';
import { splitConditions } from './split-conditions.ts';
import { keepWideSums } from './wide-sums.ts';
import { copyWholeResults } from './whole-results.ts';
import { threadEdges } from './thread-edges.ts';
import { threadPaths } from './thread-paths.ts';
import { turnLoops } from './turn-loops.ts';
import { unrollCompletely } from './unroll.ts';
import { buildSsa } from './ssa.ts';

export interface CompiledFunction {
  root: FunctionAnalysis;
  allocation: Allocation;
  /** Choices of the module that became branches. */
  branched: readonly Chosen[];
}

/** Compiles every function that ran and that is not wholly inlined into its callers. */
export function compileModule(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  build: Build,
): CompiledFunction[] {
  const module = planModule(analysis, counts, build);
  return module.roots.map((piece) => compileOnce(module, piece));
}

/** The graphs that instructions are made of, by function, behind all passes over them. */
export function optimizedGraphs(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  build: Build,
): { graphs: ReadonlyMap<number, Graph>; parameters: Parameters; isPart: (f: number) => boolean } {
  const module = planModule(analysis, counts, build);
  const graphs = new Map(
    module.roots.map((piece) => [analysis.functions.indexOf(piece.root), optimizedGraph(module, piece).g]),
  );
  return { graphs, parameters: module.parameters, isPart: module.plan.isPart };
}

/** A function that ran and that is not wholly inlined into its callers, with the share of its runs that no caller took in. */
interface Root {
  root: FunctionAnalysis;
  share: number;
}

interface ModulePlan {
  analysis: ModuleAnalysis;
  counts: BlockCounts;
  build: Build;
  roots: Root[];
  plan: InlinePlan;
  parameters: Parameters;
}

function planModule(analysis: ModuleAnalysis, counts: BlockCounts, build: Build): ModulePlan {
  const graphOf = earlyGraphs(analysis, counts, build);
  const plan = inlinePlan(analysis, counts, build, graphOf, predictions(analysis, counts, build));
  const parameters = knownParameters(analysis, graphOf, plan.standsAlone, build.checked);
  const shares = ownShares(analysis, counts, plan);
  const roots = analysis.functions.flatMap((root, i) => {
    const ran = root.blocks.some((b) => counts.blocks[i]![b.id]! > 0);
    const share = ran && plan.standsAlone(i) ? shares[i]! : 0;
    return share > 0 ? [{ root, share }] : [];
  });
  return { analysis, counts, build, roots, plan, parameters };
}

const known = new WeakMap<ModuleAnalysis, Map<string, CompiledFunction>>();
/** More pieces of code of one module than this are not kept. */
const kept = 256;

/** A function that ran the same blocks, in itself and in what it calls, is the same code: stages and whole runs share it. */
function compileOnce(module: ModulePlan, piece: Root): CompiledFunction {
  const { analysis, counts, build } = module;
  const { root, share } = piece;
  const index = analysis.functions.indexOf(root);
  const functions = reached(analysis, index);
  const ran = [...functions].map((f) => counts.blocks[f]!.join());
  const given = [counts.transfers, counts.divisions, counts.choices, counts.reads].map((all) =>
    all?.filter(({ f }) => functions.has(f)),
  );
  const key = [index, buildKey(build), share, ...ran, JSON.stringify(given)].join(' ');
  const before = known.get(analysis) ?? new Map<string, CompiledFunction>();
  known.set(analysis, before);
  const code = before.get(key) ?? compileFunction(module, piece);
  if (before.size >= kept) before.clear();
  before.set(key, code);
  return code;
}

/** A function and all that it may call. */
function reached(
  analysis: ModuleAnalysis,
  index: number,
  found: Set<number> = new Set<number>(),
): Set<number> {
  if (found.has(index)) return found;
  found.add(index);
  for (const { name, index: callee } of analysis.functions[index]!.wasm.body)
    if (name === 'call') reached(analysis, callee, found);
  // Through a table, anything that stands in it.
  if (analysis.functions[index]!.wasm.body.some(({ name }) => name === 'call_indirect'))
    for (const callee of analysis.module.elements) reached(analysis, callee, found);
  return found;
}

function internalCalls(analysis: ModuleAnalysis, counts: BlockCounts, callee: number): number {
  let calls = 0;
  analysis.functions.forEach((f, i) => {
    for (const b of f.blocks)
      for (const instruction of f.wasm.body.slice(b.first, b.last))
        if (instruction.name === 'call' && instruction.index === callee) calls += counts.blocks[i]![b.id]!;
  });
  return calls;
}

/** Share of calls through tables that go elsewhere than the last one, as for independent draws among those that were called. */
function tableChanges(analysis: ModuleAnalysis, counts: BlockCounts): number {
  const calls = [...new Set(analysis.module.elements)].map(
    (f) => counts.blocks[f]![0]! - internalCalls(analysis, counts, f),
  );
  const total = calls.reduce((a, b) => a + b, 0);
  return total === 0 ? 0 : 1 - calls.reduce((sum, n) => sum + (n / total) ** 2, 0);
}

/** A function's graph behind the last pass, and the rounds of its loops that are known. */
function optimizedGraph(
  { analysis, counts, build, plan, parameters }: ModulePlan,
  { root, share }: Root,
): { g: Graph; trips: ReturnType<typeof constantTrips> } {
  const guesses = predictions(analysis, counts, build);
  const { index } = root.wasm;
  const inlining = plan.of(index);
  const flow = buildFlowGraph(analysis, counts, root, inlining, share, guesses, parameters, plan.isPart);
  const g = buildSsa(flow, build);
  g.countScale = entryScale(analysis, counts, root, plan, guesses);
  analyseStructure(g);
  optimize(g);
  unrollCompletely(g, false);
  decideBranches(g);
  threadEdges(g);
  dropRepeatedDepths(g);
  moveGlobalStores(g);
  keepGlobals(g);
  sharePartialSums(g);
  reassociate(g, { biased: false });
  shrinkChecks(g);
  // Again, without the traps that ranges rule out.
  dropRepeatedDepths(g);
  dropSigns(g);
  dropMasks(g);
  removeDead(g);
  narrowChoices(g);
  narrowStores(g);
  threadChoices(g, build);
  removeDead(g);
  if (!build.cheapBranches) combineConditions(g);
  removePartialRedundancies(g);
  choosePairs(g);
  splitNeutralChoices(g);
  const reading = preload(g, build.checked);
  hoistRepeated(g);
  numberValues(g);
  addCanonicalCounters(g);
  removeDead(g);
  turnLoops(g, reading);
  unrollCompletely(g, true);
  const trips = constantTrips(g);
  narrowCounters(g);
  sink(g);
  computeFinalValues(g);
  const before = g.size;
  g.stepped = before;
  chooseInductionVariables(g, trips, registerFrequencies(g).shares, build);
  moveExpensiveInvariants(g, before);
  removeDead(g);
  reassociate(g, { biased: true });
  joinConstants(g, before);
  numberValues(g);
  dropPassedChecks(g, trips);
  decideRelated(g);
  dropHeld(g);
  removeDead(g);
  placeLoopSums(g, before);
  shareOffsets(g);
  removeDead(g);
  lowerSwitches(g);
  threadPaths(g);
  shareSums(g);
  bringAddresses(g);
  moveReads(g);
  hoistCertain(g);
  takeCarries(g);
  multiplyByShifts(g, build.shiftAdds);
  removeDead(g);
  joinCases(g);
  if (build.cheapBranches) splitConditions(g);
  convertBranches(g, build.skipped);
  chooseOperands(g);
  copyInnerEnds(g);
  copyPrevious(g);
  narrowShifts(g);
  return { g, trips };
}

function compileFunction(module: ModulePlan, piece: Root): CompiledFunction {
  const { analysis, counts, build } = module;
  const { root } = piece;
  const { g, trips } = optimizedGraph(module, piece);
  const frequencies = registerFrequencies(g);
  const code = lower(g, frequencies, {
    trips,
    tableChanges: tableChanges(analysis, counts),
    cLibrary: build.positionIndependent ? 'glibc' : 'newlib',
    doublings: build.doublings,
    shiftAdds: build.shiftAdds,
    floats: build.floats,
    divisionCalls: build.divisionCalls,
    cheapBranches: build.cheapBranches,
  });
  if (build.positionIndependent) makePositionIndependent(code);
  // The parts of a variable are one to the scheduler, too.
  copyWholeResults(code);
  coalesce(code);
  copyRepeatedConstants(code);
  numberRegisters(code, build.checked);
  if (build.cheapBranches) splitEdges(code);
  keepWideSums(code);
  const allocation = allocate(
    schedule(code, build.scheduler, { allocated: false }),
    !build.positionIndependent,
  );
  joinBlocks(allocation.code);
  addFrame(allocation);
  reorderBlocks(allocation.code, frequencies.share);
  return { root, allocation, branched: g.branched };
}

/**
 * Choice of induction variables, after gcc's tree-ssa-loop-ivopts.cc: every use of a value that grows by a constant each
 * iteration may be served by any candidate variable; the set with the least cost wins.
 */
import type { Block, Graph, LoopNode, Node } from './ir.ts';
import { constantForm, Evolutions, isConstantForm, isZeroForm, type Evolution } from './linear.ts';
import { endOf, findCandidates, type End } from './induction/candidates.ts';
import type { Build } from './build.ts';
import { choose } from './induction/choice.ts';
import { Costs } from './induction/costs.ts';
import { likelyMost } from './induction/likely-iterations.ts';
import { iterationsOf, type Iterations } from './induction/iterations.ts';
import { convertNarrow, dropConversions, type Conversions } from './induction/narrow-values.ts';
import { Rewriter } from './induction/rewrite.ts';
import { narrowed } from './narrow-counters.ts';
import { isHot } from './hot.ts';
import { findUses, type Use } from './induction/uses.ts';
import { dominates } from './structure.ts';
import { usersOf } from './users.ts';
import { Ranges } from './ranges.ts';
import { Products } from './products.ts';

/** Iterations of a loop that nothing is known about (--param avg-loop-niter). */
const averageIterations = 10;
/** More groups of uses than this are left alone (param iv-max-considered-uses). */
const mostGroups = 250;
/** To store a register and load it again in code that is made small (target_spill_cost). */
const smallSpill = 8;
/** How much dearer what an inner loop does may count. */
const mostScale = 20;

type Prices = Pick<Build, 'spillCost' | 'extendCost' | 'shiftAdds'>;

export function chooseInductionVariables(
  g: Graph,
  trips: ReadonlyMap<Block, number>,
  shares: ReadonlyMap<Block, number>,
  prices: Prices,
): void {
  for (const loop of g.loops.toSorted((a, b) => b.depth - a.depth))
    if (loop.preheader) optimizeLoop(g, loop, trips.get(loop.header), shares, prices);
}

function optimizeLoop(
  g: Graph,
  loop: LoopNode,
  trips: number | undefined,
  shares: ReadonlyMap<Block, number>,
  prices: Prices,
): void {
  const end = endOf(loop);
  if (!end) return;
  const products = new Products(g, loop.preheader!);
  const evolutions = new Evolutions(loop, null, products);
  const conversions = convertNarrow(g, loop, evolutions);
  serveUses({ g, loop, end, products, evolutions, conversions }, trips, shares, prices);
  dropConversions(conversions);
}

interface Context {
  g: Graph;
  loop: LoopNode;
  end: End;
  products: Products;
  evolutions: Evolutions;
  conversions: Conversions;
}

function serveUses(
  { g, loop, end, products, evolutions, conversions }: Context,
  trips: number | undefined,
  shares: ReadonlyMap<Block, number>,
  prices: Prices,
): void {
  const users = usersOf(g);
  const ranges = new Ranges();
  const found = findUses(
    loop,
    evolutions,
    users,
    (n, e) => staysNarrow(n, e, loop, trips, ranges),
    conversions,
  );
  const { groups } = found;
  if (groups.length === 0 || groups.length > mostGroups) return;
  const bounds = new Map<Use, Iterations>();
  let countdown: Use | null = null;
  for (const { kind, uses } of groups) {
    const [use] = uses as [Use];
    const n =
      kind === 'compare' && isEachRound(loop, use) ? iterationsOf(loop, use, evolutions, ranges) : null;
    if (!n) continue;
    bounds.set(use, n);
    if (isConstantForm(n.count) && use.node.name !== narrowed) countdown ??= use;
  }
  const iterations = countdown ? bounds.get(countdown)!.most : null;
  if (countdown && iterations !== null) {
    // gcc's ivcanon pass has it count down to zero.
    countdown.base = constantForm(iterations);
    countdown.step = constantForm(-1);
    countdown.bound = constantForm(0);
  }
  const candidates = findCandidates(
    loop,
    evolutions,
    groups,
    end,
    countdown && iterations !== null ? { iterations, at: ahead(countdown) } : null,
  );
  const costs = new Costs(
    end,
    // In code that is made small, what is made before a loop is not spread over its rounds (adjust_setup_cost).
    isHot(loop.header.count) ? expectedIterations(loop, trips, bounds, evolutions, ranges) : 1,
    found.used,
    bounds,
    countdown,
    scalesOf(loop, shares),
    { ...prices, small: !isHot(loop.header.count) },
  );
  const calls = [...loop.blocks].some((b) => b.nodes.some((n) => n.op === 'call' || n.op === 'accessor'));
  const by = choose(groups, candidates, costs, {
    registers: found.registers,
    calls,
    spill: isHot(loop.header.count) ? prices.spillCost : smallSpill,
  });
  const grows = (n: Node): boolean => {
    const e = evolutions.inside(n) ? evolutions.of(n) : null;
    return e !== null && !isZeroForm(e.step);
  };
  if (by) new Rewriter(g, loop, users, end, grows, products).run(groups, by, costs);
}

/** Only what is tested in each round ends a loop at a known count (number_of_iterations_exit). */
const isEachRound = (loop: LoopNode, { branch }: Use): boolean =>
  branch !== undefined && isEveryRound(loop, branch);

/** Whether no round goes on without passing the block. */
const isEveryRound = ({ header, blocks }: LoopNode, at: Block): boolean =>
  header.preds.every((e) => !blocks.has(e.from) || dominates(at, e.from));

/** In front of a test: the counter of ivcanon is stepped there (create_canonical_iv). */
const ahead = ({ at }: Use): Use['at'] => ({ block: at.block, index: at.index - 1 });

/**
 * Whether a value does not wrap around: from a constant in so many iterations (loop_exits_before_overflow), else by its own range, if every round works it
 * out (scev_var_range_cant_overflow).
 */
function staysNarrow(
  n: Node,
  { base, step }: Evolution,
  loop: LoopNode,
  trips: number | undefined,
  ranges: Ranges,
): boolean {
  if (!isConstantForm(step)) return false;
  const by = step.constant;
  const stays = (low: number, high: number) => low >= 0 && high < 2 ** 32;
  if (isConstantForm(base)) {
    if (trips === undefined) return false;
    const start = base.constant >>> 0;
    return stays(start + Math.min(0, by * trips), start + Math.max(0, by * trips));
  }
  if (!isEveryRound(loop, n.block)) return false;
  const { low, high } = ranges.of(n);
  return stays(low + Math.min(0, by), high + Math.max(0, by));
}

/** avg_loop_niter: a known number counts for more than the average only where gcc counts the way to each exit, traps included. */
function expectedIterations(
  loop: LoopNode,
  trips: number | undefined,
  bounds: ReadonlyMap<Use, Iterations>,
  evolutions: Evolutions,
  ranges: Ranges,
): number {
  if (trips === undefined)
    return Math.min(averageIterations, likelyMost(loop, evolutions, ranges) ?? averageIterations);
  if (trips <= averageIterations) return trips;
  const tests = new Set([...bounds.keys()].map((u) => u.branch));
  for (const b of loop.blocks) {
    if (b.term.kind !== 'jump' && b.term.edges.some((e) => !loop.blocks.has(e.to)) && !tests.has(b))
      return averageIterations;
    for (const n of b.nodes) {
      if (n.op === 'guard64' || n.op === 'divcheck' || (n.op === 'call' && n.name === 'indirect'))
        return averageIterations;
      if (n.op === 'guard' && (n.name === 'wide' || evolutions.inside(n.args[1]!))) return averageIterations;
    }
  }
  return trips;
}

/** How much more often a place runs than the loop's header (determine_scaling_factor), by frequencies that overflow in deep nests. */
function scalesOf(loop: LoopNode, shares: ReadonlyMap<Block, number>): (use: Use) => number {
  const header = shares.get(loop.header) ?? 0;
  const most = Math.max(...[...loop.blocks].map((b) => shares.get(b) ?? 0));
  return ({ at }) => {
    // What stands in the loop itself runs no more often than its header.
    if (at.block.loop === loop) return 1;
    const share = shares.get(at.block) ?? header;
    if (header <= 0 || share <= header) return 1;
    return Math.floor(most / header) > mostScale
      ? Math.floor((mostScale * share) / most)
      : Math.floor(share / header);
  };
}

/**
 * Block frequencies as gcc 12 guesses them without a profile, since its register allocator decides what to spill by
 * them, not by how often code really runs.
 *
 * Counts (predict.c): a loop of a constant number of iterations leaves with probability 1 / (iterations + 1), rounded to
 * 1/10000, iterations capped at 100; other loops stay with 89 %; other branches are even. Frequencies (profile-count.h,
 * regs.h): 1000 times count / largest count, where count times 2^27 is computed in 64 bits and overflows for code that is
 * expected to run more than about 128 times as often as the function. The overflow is part of gcc 12 and decides spills.
 */
import { resolve, type Block, type Edge, type Graph, type LoopNode } from './ir.ts';
import { Evolutions, isConstantForm } from './linear.ts';
import { isComparison } from './simplify.ts';

const entryCount = 1 << 30;
const probabilityBase = 10_000;
const maximumIterations = 100;
const stay = 0.89;
/** A check that leads to a trap passes with this probability. */
const pass = 0.9996;

/** Iterations of a loop's body where constants say it, else null. To be asked before induction variables are replaced. */
export function constantTrips(g: Graph): Map<Block, number> {
  const trips = new Map<Block, number>();
  for (const loop of g.loops) {
    const n = constantTrip(loop);
    if (n !== null) trips.set(loop.header, n);
  }
  return trips;
}

function constantTrip(loop: LoopNode): number | null {
  const evolutions = new Evolutions(loop);
  let best: number | null = null;
  for (const b of loop.blocks) {
    const { term } = b;
    if (term.kind !== 'branch' || term.edges.every((e) => loop.blocks.has(e.to))) continue;
    const test = resolve(term.condition);
    if (!isComparison(test)) continue;
    for (const [x, y] of [test.args, test.args.toReversed()]) {
      const grows = evolutions.of(x!);
      const bound = evolutions.of(y!);
      if (!grows || !bound || !isConstantForm(grows.step) || grows.step.constant === 0) continue;
      if (
        !isConstantForm(grows.base) ||
        !isConstantForm(bound.base) ||
        bound.step.constant !== 0 ||
        bound.step.terms.size
      )
        continue;
      const n = Math.ceil((bound.base.constant - grows.base.constant) / grows.step.constant) + 1;
      if (n >= 1 && (best === null || n < best)) best = n;
    }
  }
  return best;
}

/** How often the body runs for one entry, in gcc's estimate; `passing` is the chance to pass its checks. */
function multiplier(trips: number | undefined, passing: number): number {
  if (trips === undefined) return 1 / (1 - stay * passing);
  const capped = Math.min(trips + 1, maximumIterations);
  const leave = Math.floor((probabilityBase + Math.floor(capped / 2)) / capped) / probabilityBase;
  return Math.max(1, (1 - leave) / (1 - (1 - leave) * passing));
}

export interface Frequencies {
  blocks: Map<Block, number>;
  edges: Map<Edge, number>;
}

/** gcc's REG_FREQ of each block and edge, 1 to 1000. */
export function registerFrequencies(g: Graph, trips: ReadonlyMap<Block, number>): Frequencies {
  const checks = (b: Block) => b.nodes.filter((n) => /^(guard|guard64|enter)$/.test(n.op)).length;
  const passing = new Map<LoopNode, number>();
  for (const loop of g.loops) {
    let n = 0;
    for (const b of loop.blocks) if (b.loop === loop) n += checks(b);
    passing.set(loop, pass ** n);
  }
  const counts = new Map<Block, number>();
  const flow = new Map<Edge, number>();
  for (const b of g.blocks) {
    const loop = b.loop?.header === b ? b.loop : null;
    const entering = b.preds.filter((e) => !loop?.blocks.has(e.from));
    let count = b === g.entry ? entryCount : entering.reduce((sum, e) => sum + (flow.get(e) ?? 0), 0);
    if (loop) count *= multiplier(trips.get(b), passing.get(loop)!);
    counts.set(b, count);
    const edges: readonly Edge[] = b.term.edges;
    const leaves = edges.filter((e) => b.loop && !b.loop.blocks.has(e.to));
    const m = b.loop ? multiplier(trips.get(b.loop.header), 1) : 1;
    count *= pass ** checks(b);
    for (const e of edges) {
      let share = 1 / edges.length;
      if (leaves.length && leaves.length < edges.length)
        share = leaves.includes(e) ? 1 / m / leaves.length : (1 - 1 / m) / (edges.length - leaves.length);
      else if (edges.length === 2) {
        // A branch around a loop is a loop guard.
        const guard = edges.map((x) => guarded(x.to));
        if (guard[0] !== guard[1]) share = guard[edges.indexOf(e)] ? stay : 1 - stay;
      }
      flow.set(e, count * share);
    }
  }
  const largest = BigInt(Math.round(Math.max(...counts.values())));
  const frequency = (count: number): number => {
    const mode = process.env.FREQ ?? 'n';
    if (mode === 'n') return Math.max(1, Math.floor((1000 * count) / Number(largest)));
    if (mode === 'l') return Math.max(1, Math.round(1 + 3 * Math.log2(1 + (1000 * count) / Number(largest))));
    const scaled = BigInt.asUintN(64, BigInt(Math.round(count)) << 27n);
    const probability = (scaled + largest / 2n) / largest;
    return Math.max(1, Math.floor(Number((probability * 10_000n + (1n << 26n)) >> 27n) / 10));
  };
  return {
    blocks: new Map([...counts].map(([b, count]) => [b, frequency(count)])),
    edges: new Map([...flow].map(([e, count]) => [e, frequency(count)])),
  };
}

/** Whether a block leads straight into a loop. */
function guarded(b: Block): boolean {
  if (b.loop?.header === b) return true;
  return (
    b.term.kind === 'jump' &&
    b.nodes.length < 40 &&
    b.term.edges[0].to.loop?.header === b.term.edges[0].to &&
    b.term.edges[0].to !== b
  );
}

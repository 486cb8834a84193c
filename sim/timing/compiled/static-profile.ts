/**
 * Block frequencies as gcc 12 guesses them without a profile, since its register allocator decides what to spill by
 * them, not by how often code really runs.
 *
 * Counts (predict.c): a loop whose test runs a constant number of times leaves with one over that number, rounded to
 * 1/10000 and capped at 100; other loops stay with 89 %; other branches are even. Frequencies (profile-count.h,
 * regs.h): 1000 times count / largest count, where count times 2^27 is computed in 64 bits and overflows for code that is
 * expected to run more than about 128 times as often as the function. The overflow is part of gcc 12 and decides spills.
 * The largest count stays what it was before loop headers were copied.
 */
import type { Block, Edge, Graph, LoopNode, Node } from './ir.ts';
import { Evolutions } from './linear.ts';
import { tripCount, type Certainty } from './trip-count.ts';

const entryCount = 1 << 30;
const probabilityBase = 10_000;
const maximumIterations = 100;
/** What leaves any other loop (PRED_LOOP_EXIT), shared by its exits, traps included, but no less than 2 % each. */
const leave = 0.11;
const leastLeave = 0.02;
const stay = 1 - leave;
/** A condition that wasm2c marks unlikely (param builtin-expect-probability). */
const passesCheck = 0.9;
/** Any other that leads to a trap, which does not return (PRED_NORETURN). */
const passesOther = 0.9996;

/** How likely gcc thinks it is that control goes on behind a node. */
export function passing(n: Node): number {
  if (n.op === 'guard' || n.op === 'guard64' || n.op === 'divcheck') return passesCheck;
  return n.op === 'enter' ? passesOther : 1;
}

const passingAll = (nodes: readonly Node[]): number => nodes.reduce((p, n) => p * passing(n), 1);

/** Iterations of a loop's body where constants say it. To be asked before induction variables are replaced. */
export function constantTrips(g: Graph, certainty: Certainty = 'exact'): Map<Block, number> {
  const trips = new Map<Block, number>();
  for (const loop of g.loops) {
    const n = tripCount(loop, new Evolutions(loop), certainty);
    if (n !== null) trips.set(loop.header, n);
  }
  return trips;
}

/** Iterations of loops that a test goes before, since they may not be entered: predict.c takes them as it takes constant ones. */
export function guardedTrips(g: Graph): Map<Block, number> {
  const exact = constantTrips(g);
  return new Map([...constantTrips(g, 'entered')].filter(([header]) => !exact.has(header)));
}

/** Divisions that may trap, by header of each loop around them. To be asked of fresh code, before anything leaves its loop. */
export function trappingDivisions(g: Graph): Map<Block, number> {
  const found = new Map<Block, number>();
  for (const loop of g.loops) {
    let n = 0;
    for (const b of loop.blocks) for (const x of b.nodes) if (x.op === 'divcheck') n++;
    found.set(loop.header, n);
  }
  return found;
}

/** The chance to leave at a loop's test, which runs once more than its body where it stood on top: gcc guesses it before it copies loop headers. */
function leaving(trips: number, rotated: boolean): number {
  const capped = Math.min(trips + (rotated ? 1 : 0), maximumIterations);
  return Math.floor((probabilityBase + Math.floor(capped / 2)) / capped) / probabilityBase;
}

/** How often the body runs for one entry, in gcc's estimate; `passing` is the chance to pass its checks. */
function multiplier({ known, stays, rotated }: Test, passing: number, guarded = false): number {
  if (!known) return 1 / (1 - stays * passing);
  // Where the copy of the test before the loop is left, it has taken its share already.
  return Math.max(1, (guarded || !rotated ? 1 : stays) / (1 - stays * passing));
}

/** A loop's test: whether it is known how often it runs, the chance that the loop goes on, and whether it stood on top. */
interface Test {
  known: boolean;
  stays: number;
  rotated: boolean;
}

export interface Frequencies {
  /** gcc's profile counts, the entry being 2^30. */
  counts: Map<Block, number>;
  /** profile_count::to_frequency: of the largest count, in ten thousandths; with the overflow. */
  shares: Map<Block, number>;
  blocks: Map<Block, number>;
  edges: Map<Edge, number>;
  /** The REG_FREQ of code with a profile count. */
  of: (count: number) => number;
}

/** gcc's REG_FREQ of each block and edge, 1 to 1000. */
export function registerFrequencies(
  g: Graph,
  trips: ReadonlyMap<Block, number>,
  divisions: ReadonlyMap<Block, number>,
  guardedTrips: ReadonlyMap<Block, number> = new Map(),
): Frequencies {
  const tests = new Map<LoopNode, Test>();
  const passingLoop = new Map<LoopNode, number>();
  /** The chance to come out of a loop by its test, which runs before its checks: the loop around goes on only then. */
  const surviving = new Map<LoopNode, number>();
  for (const loop of g.loops.toSorted((x, y) => y.depth - x.depth)) {
    let p = 1;
    for (const b of loop.blocks) if (b.loop === loop) p *= passingAll(b.nodes);
    for (const inner of g.loops) if (inner.parent === loop) p *= surviving.get(inner)!;
    passingLoop.set(loop, p);
    let traps = divisions.get(loop.header) ?? 0;
    for (const b of loop.blocks) for (const n of b.nodes) if (n.op.startsWith('guard')) traps++;
    const n = trips.get(loop.header) ?? guardedTrips.get(loop.header);
    const { rotated } = loop.header;
    const stays = n === undefined ? 1 - Math.max(leastLeave, leave / (1 + traps)) : 1 - leaving(n, rotated);
    tests.set(loop, { known: n !== undefined, stays, rotated });
    surviving.set(loop, (1 - stays) / (1 - stays * p));
  }
  const counts = new Map<Block, number>();
  const flow = new Map<Edge, number>();
  /** Counts of edges as gcc has them, which need not add up. */
  const guesses = new Map<Edge, number>();
  let largest = 0;
  for (const b of g.blocks) {
    const loop = b.loop?.header === b ? b.loop : null;
    const entering = b.preds.filter((e) => !loop?.blocks.has(e.from));
    let count = b === g.entry ? entryCount : entering.reduce((sum, e) => sum + (flow.get(e) ?? 0), 0);
    if (loop) {
      const test = tests.get(loop)!;
      count *= multiplier(test, passingLoop.get(loop)!, guardedTrips.has(b));
      largest = Math.max(largest, test.rotated ? count / test.stays : count);
    }
    largest = Math.max(largest, count);
    counts.set(b, count);
    const edges: readonly Edge[] = b.term.edges;
    const leaves = edges.filter((e) => b.loop && !b.loop.blocks.has(e.to));
    const test = b.loop && tests.get(b.loop)!;
    const m = test ? multiplier(test, 1, guardedTrips.has(b.loop!.header)) : 1;
    count *= passingAll(b.nodes);
    for (const e of edges) {
      let share = 1 / edges.length;
      let guess: number | null = null;
      if (leaves.length && leaves.length < edges.length) {
        const of = leaves.includes(e) ? leaves.length : edges.length - leaves.length;
        const goes = (leaving: number): number => (leaves.includes(e) ? leaving : 1 - leaving) / of;
        share = goes(1 / m);
        // Copying the header scales the body, not the chance to leave it.
        guess = goes(1 - test!.stays);
      } else if (edges.length === 2) {
        // A branch around a loop is a loop guard.
        const guard = edges.map((x) => guardedLoop(x.to));
        const header = guard[0] ?? guard[1];
        if (!guard[0] !== !guard[1] && header) {
          const n = guardedTrips.get(header);
          const enters = n === undefined ? stay : 1 - leaving(n, header.rotated);
          share = guard[edges.indexOf(e)] ? enters : 1 - enters;
        }
      }
      flow.set(e, count * share);
      guesses.set(e, count * (guess ?? share));
    }
  }
  const most = BigInt(Math.round(largest));
  const share = (count: number): number => {
    const scaled = BigInt.asUintN(64, BigInt(Math.round(count)) << 27n);
    if (Math.round(count) > Math.round(largest)) return probabilityBase;
    const probability = (scaled + most / 2n) / most;
    return Number((probability * 10_000n + (1n << 26n)) >> 27n);
  };
  const frequency = (count: number): number => Math.max(1, Math.floor(share(count) / 10));
  return {
    counts,
    of: frequency,
    shares: new Map([...counts].map(([b, count]) => [b, share(count)])),
    blocks: new Map([...counts].map(([b, count]) => [b, frequency(count)])),
    edges: new Map([...guesses].map(([e, count]) => [e, frequency(count)])),
  };
}

/** The header of the loop that a block leads straight into. */
function guardedLoop(b: Block): Block | null {
  if (b.loop?.header === b) return b;
  if (b.term.kind !== 'jump' || b.nodes.length >= 40) return null;
  const { to } = b.term.edges[0];
  return to.loop?.header === to && to !== b ? to : null;
}

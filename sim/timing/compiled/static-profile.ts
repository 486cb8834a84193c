/**
 * Block frequencies as gcc 12 guesses them without a profile, since its register allocator decides what to spill by
 * them, not by how often code really runs.
 *
 * Branches are guessed before anything is inlined (predict.ts), counts follow from them behind it (flow-counts.ts). Frequencies (profile-count.h, regs.h): 1000 times
 * count / largest count, where count times 2^27 is computed in 64 bits and overflows for code that is expected to run more than about 128 times as often as the
 * function. The overflow is part of gcc 12 and decides spills; functions that stay by themselves have none (own-profile.ts). The largest count stays what it was before loop headers were copied.
 */
import type { Block, Edge, Graph, Node } from './ir.ts';
import { Evolutions } from './linear.ts';
import { tripCount } from './trip-count.ts';

export const entryCount = 1 << 30;
const probabilityBase = 10_000;
/** A condition that wasm2c marks unlikely (param builtin-expect-probability). */
export const passesCheck = 0.9;
/** One of two: what is not in memory may be a constant (esc_any_read). */
export const passesEither = 1 - (1 - passesCheck) ** 2;
/** Two of them, that both have to hold for a trap. */
const passesBoth = 0.99;
/** Any other that leads to a trap, which does not return (PRED_NORETURN). */
export const passesOther = 0.9996;

/** Conditions of wasm2c that branch to a trap. */
export const branchesToTrap = /^(check|guard|guard64|divcheck)$/;

/** How likely gcc thinks it is that control goes on behind a node. */
export function passing(n: Node): number {
  if (n.op === 'divcheck' && n.name === 'overflow') return passesBoth;
  if (branchesToTrap.test(n.op)) return passesCheck;
  if (n.op === 'place') return passesEither;
  return n.op === 'enter' ? passesOther : 1;
}

/** Iterations of a loop's body where constants say it. To be asked before induction variables are replaced. */
export function constantTrips(g: Graph): Map<Block, number> {
  const trips = new Map<Block, number>();
  for (const loop of g.loops) {
    const n = tripCount(loop, new Evolutions(loop), 'exact');
    if (n !== null) trips.set(loop.header, n);
  }
  return trips;
}

/** How often gcc thinks that a place before the node at `index` is reached. */
export function countAt(b: Block, index: number): number {
  for (let i = index - 1; i >= 0; i--) {
    const n = b.nodes[i]!;
    if (passing(n) < 1) return n.count * passing(n);
  }
  return b.count;
}

export interface Frequencies {
  /** profile_count::to_frequency: of the largest count, in ten thousandths; with the overflow. */
  share: (count: number) => number;
  shares: Map<Block, number>;
  blocks: Map<Block, number>;
  edges: Map<Edge, number>;
  /** The REG_FREQ of code with a profile count. */
  of: (count: number) => number;
}

/** An edge without a choice is taken as often as its block ends. */
const countOf = (e: Edge): number =>
  e.from.term.edges.length === 1 ? countAt(e.from, e.from.nodes.length) : (e.count ?? 0);

/** gcc's REG_FREQ of each block and edge, 1 to 1000. */
export function registerFrequencies(g: Graph): Frequencies {
  const scaled = (count: number): number => Math.round(count * g.countScale);
  const largest = Math.max(1, scaled(g.mostCount));
  const most = BigInt(largest);
  const share = (count: number): number => {
    const own = scaled(count);
    if (own > largest) return probabilityBase;
    const probability = (BigInt.asUintN(64, BigInt(own) << 27n) + most / 2n) / most;
    return Number((probability * BigInt(probabilityBase) + (1n << 26n)) >> 27n);
  };
  const frequency = (count: number): number => Math.max(1, Math.floor(share(count) / 10));
  return {
    of: frequency,
    share,
    shares: new Map(g.blocks.map((b) => [b, share(b.count)])),
    blocks: new Map(g.blocks.map((b) => [b, frequency(b.count)])),
    edges: new Map(g.blocks.flatMap((b) => b.term.edges.map((e: Edge) => [e, frequency(countOf(e))]))),
  };
}

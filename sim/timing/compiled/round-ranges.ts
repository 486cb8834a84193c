/**
 * Ranges of what loops carry round behind the choice of induction variables (vrp2): of variables of 32 and 64 bits that step so many times, of their low words, of sums that wrap around nowhere, and of
 * what comes round otherwise. Values that were there before keep the ranges that they had (SSA_NAME_RANGE_INFO): of a counter that an inner loop takes on, nothing else is known any more.
 */
import { isFull, top } from './arcs.ts';
import { isConst, resolve, type Block, type Graph, type Node } from './ir.ts';
import { Ranges, type Range } from './ranges.ts';

/** Sums deeper than this are left. */
const deepest = 12;

export class RoundRanges {
  private readonly kept: ReadonlyMap<Node, Range>;
  private readonly trips: ReadonlyMap<Block, number>;
  private readonly ranges = new Ranges();
  private readonly busy = new Set<Node>();

  /** @param trips How often the headers of loops run. */
  constructor(g: Graph, trips: ReadonlyMap<Block, number>) {
    this.kept = g.ranges;
    this.trips = trips;
  }

  /** Null where nothing is known. */
  of(node: Node): Range | null {
    const range = this.interval(resolve(node), 0);
    return range && range.low >= 0 ? range : null;
  }

  /** Of a sum, which may pass zero on the way to what it is. */
  private interval(n: Node, depth: number): Range | null {
    if (isConst(n)) return { low: Number(n.value), high: Number(n.value) };
    if (depth > deepest) return null;
    const kept = this.kept.get(n);
    if (kept) return kept;
    if (n.type === 'i32') {
      const range = this.ranges.of(n);
      if (!isFull(range)) return range;
    }
    const of = (i: number) => this.interval(resolve(n.args[i]!), depth + 1);
    switch (n.op) {
      case 'zext': {
        const range = of(0);
        return range && range.low >= 0 ? range : null;
      }
      case 'wrap': {
        const range = of(0);
        return range && range.low >= 0 && range.high <= top ? range : null;
      }
      case 'add': {
        const [x, y] = [of(0), of(1)];
        return x && y && this.fitting(n, { low: x.low + y.low, high: x.high + y.high });
      }
      case 'phi':
        return this.counted(n) ?? this.carried(n);
      default:
        return null;
    }
  }

  private readonly fitting = (n: Node, range: Range): Range | null =>
    n.type === 'i64' || range.high <= top ? range : null;

  /** A variable that steps by a constant in a loop that goes round a known number of times. */
  private counted(phi: Node): Range | null {
    const { loop } = phi.block;
    const rounds = this.trips.get(phi.block);
    if (loop?.header !== phi.block || rounds === undefined || phi.args.length !== 2) return null;
    const inside = phi.block.preds.findIndex((e) => loop.blocks.has(e.from));
    const [next, first] = [resolve(phi.args[inside]!), resolve(phi.args[1 - inside]!)];
    const step = next.op === 'add' && resolve(next.args[0]!) === phi ? resolve(next.args[1]!) : null;
    if (!step || !isConst(step)) return null;
    const by = Number(step.value);
    const last = by * (rounds - 1);
    const from = this.of(first);
    if (!from) return null;
    const range = { low: from.low + Math.min(0, last), high: from.high + Math.max(0, last) };
    if (range.low < 0) return null;
    if (phi.type === 'i64') return range;
    // One that may pass the end of its type in the step after is not known (scev_probably_wraps_p).
    return isConst(first) && range.low + Math.min(0, by) >= 0 && range.high + Math.max(0, by) <= top
      ? range
      : null;
  }

  /** What is one of several values that do not rest on it. */
  private carried(phi: Node): Range | null {
    if (this.busy.has(phi)) return null;
    this.busy.add(phi);
    const all = phi.args.map((a) => this.of(a));
    this.busy.delete(phi);
    let union: Range | null = null;
    for (const range of all) {
      if (!range) return null;
      union = union ? { low: Math.min(union.low, range.low), high: Math.max(union.high, range.high) } : range;
    }
    return union;
  }
}

/**
 * Bounds checks behind one of the same length that passed for an end no lower (vrp2, behind the choice of induction variables). Of two ends, one is what the other is a constant away from: variables
 * chosen for the highest of neighbouring accesses make the other checks vanish. Or their ranges say so: a variable of 64 bits that the choice made for a check wraps nowhere, so its range is known
 * where that of the counter was not (a pointer that counts from a negative number up to zero).
 */
import { top } from './arcs.ts';
import { isConst, resolve, type Block, type Graph, type Node } from './ir.ts';
import { Ranges, type Range } from './ranges.ts';

/** Of the checks that passed: whether the value itself was an end, and the most that was added to it. */
interface Passed {
  itself: boolean;
  most: number;
}

/** @param trips How often the headers of loops run. */
export function dropPassedChecks(g: Graph, trips: ReadonlyMap<Block, number> = new Map()): void {
  const known = new Map<Block, Map<string, Passed>>();
  const lengths = new Map<Block, Map<Node, number>>();
  const ranges = new Ranges();
  for (const b of g.blocks) {
    const here = new Map(b.dominator ? known.get(b.dominator) : []);
    known.set(b, here);
    const least = new Map(b.dominator ? lengths.get(b.dominator) : []);
    lengths.set(b, least);
    b.nodes = b.nodes.filter((n) => {
      if (!/^guard(64)?$/.test(n.op) || n.args.length !== 2) return true;
      const { value, added } = endOf(n);
      const size = resolve(n.args[1]!);
      const range = rangeOf(value, ranges, trips);
      const length = least.get(size) ?? 0;
      if (range && range.high + added <= length) return false;
      if (range) least.set(size, Math.max(length, range.low + added));
      const key = `${value.id} ${size.id}`;
      const before = here.get(key);
      if (before && (before.itself ? added <= 0 : added === 0 && before.most >= 0)) return false;
      here.set(key, {
        itself: added === 0 || (before?.itself ?? false),
        most: Math.max(added, before?.most ?? -Infinity),
      });
      return true;
    });
  }
}

/** The range of an end, null where nothing is known. */
function rangeOf(node: Node, ranges: Ranges, trips: ReadonlyMap<Block, number>): Range | null {
  const n = resolve(node);
  if (n.type === 'i32') {
    const range = ranges.of(n);
    if (range.low > 0 || range.high < top) return range;
    // A counter whose loop another variable ends by now.
    return n.op === 'phi' ? counted(n, ranges, trips) : null;
  }
  if (isConst(n)) return n.value < 0n ? null : { low: Number(n.value), high: Number(n.value) };
  const [x, y] = n.args.map(resolve) as [Node, Node];
  if (n.op === 'zext') return rangeOf(x, ranges, trips);
  if (n.op === 'add' && isConst(y)) return shifted(rangeOf(x, ranges, trips), Number(y.value));
  return n.op === 'phi' ? counted(n, ranges, trips) : null;
}

const shifted = (range: Range | null, by: number, upTo = by): Range | null =>
  range && range.low + by >= 0 ? { low: range.low + by, high: range.high + upTo } : null;

/** A variable that steps by a constant in a loop that goes round a known number of times. */
function counted(phi: Node, ranges: Ranges, trips: ReadonlyMap<Block, number>): Range | null {
  const { loop } = phi.block;
  const rounds = trips.get(phi.block);
  if (loop?.header !== phi.block || rounds === undefined || phi.args.length !== 2) return null;
  const inside = phi.block.preds.findIndex((e) => loop.blocks.has(e.from));
  const [next, first] = [resolve(phi.args[inside]!), resolve(phi.args[1 - inside]!)];
  const step = next.op === 'add' && resolve(next.args[0]!) === phi ? resolve(next.args[1]!) : null;
  if (!step || !isConst(step)) return null;
  const last = Number(step.value) * (rounds - 1);
  const range = shifted(rangeOf(first, ranges, trips), Math.min(0, last), Math.max(0, last));
  if (phi.type === 'i64' || !range) return range;
  // One that may pass the end of its type in the step after is not known (scev_probably_wraps_p).
  const by = Number(step.value);
  return isConst(first) && range.low + Math.min(0, by) >= 0 && range.high + Math.max(0, by) <= top
    ? range
    : null;
}

function endOf(check: Node): { value: Node; added: number } {
  const end = resolve(check.args[0]!);
  // A check of 64 bits adds its reach itself where no variable counts its end.
  const reach = check.op === 'guard64' && end.type === 'i32' ? check.offset + check.bytes : 0;
  if (reach > 0) return { value: end, added: reach };
  const [x, c] = end.args.map(resolve);
  return end.op === 'add' && isConst(c!) ? { value: x!, added: Number(c!.value) } : { value: end, added: 0 };
}

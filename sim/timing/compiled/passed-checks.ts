/**
 * Bounds checks behind one of the same length that passed for an end no lower (vrp2, behind the choice of induction variables). Of two ends, one is what the other is a constant away from: variables
 * chosen for the highest of neighbouring accesses make the other checks vanish. Or their ranges say so: a variable of 64 bits that the choice made for a check wraps nowhere, so its range is known
 * where that of the counter was not (a pointer that counts from a negative number up to zero).
 */
import { isConst, resolve, type Block, type Graph, type Node } from './ir.ts';
import { RoundRanges } from './round-ranges.ts';

/** Of the checks that passed: whether the value itself was an end, and the most that was added to it. */
interface Passed {
  itself: boolean;
  most: number;
}

/** @param trips How often the headers of loops run. */
export function dropPassedChecks(g: Graph, trips: ReadonlyMap<Block, number> = new Map()): void {
  const known = new Map<Block, Map<string, Passed>>();
  const lengths = new Map<Block, Map<Node, number>>();
  const ranges = new RoundRanges(g, trips);
  for (const b of g.blocks) {
    const here = new Map(b.dominator ? known.get(b.dominator) : []);
    known.set(b, here);
    const least = new Map(b.dominator ? lengths.get(b.dominator) : []);
    lengths.set(b, least);
    b.nodes = b.nodes.filter((n) => {
      if (!/^guard(64)?$/.test(n.op) || n.args.length !== 2) return true;
      const { value, added } = endOf(n);
      const size = resolve(n.args[1]!);
      const range = ranges.of(value);
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

function endOf(check: Node): { value: Node; added: number } {
  const end = resolve(check.args[0]!);
  // A check of 64 bits adds its reach itself where no variable counts its end.
  const reach = check.op === 'guard64' && end.type === 'i32' ? check.offset + check.bytes : 0;
  if (reach > 0) return { value: end, added: reach };
  const [x, c] = end.args.map(resolve);
  return end.op === 'add' && isConst(c!) ? { value: x!, added: Number(c!.value) } : { value: end, added: 0 };
}

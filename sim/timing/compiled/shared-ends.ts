/**
 * Ends of bounds checks that are the widened addresses of checks before them (fre3). An access of `width` bytes just below another one ends where that one starts: match.pd makes
 * (u64)a + width into (u64)(a + width) where nothing overflows, and value numbering knows that name if the access above came first. The widened address then has two uses, so its own sum
 * is not narrowed. Only accessors of the late inliner take part: what the early one took was narrowed before (evrp).
 */
import { isConst, resolve, type Graph, type Node } from './ir.ts';
import { isLate } from './inline-order.ts';
import { dominates } from './structure.ts';

/** @param fits Whether a check's end fits 32 bits. */
export function sharedEnds(g: Graph, fits: (check: Node) => boolean): Map<Node, Node> {
  const above = new Map<string, Node[]>();
  const shared = new Map<Node, Node>();
  for (const b of g.blocks)
    for (const n of b.nodes) {
      if (n.op !== 'check' || !isLate(n)) continue;
      const { value, added } = sumOf(resolve(n.args[0]!));
      if (isConst(value)) continue;
      const end = `${value.id}+${(added + n.offset + n.bytes) | 0}`;
      const before = above.get(end)?.find((c) => dominates(c.block, b));
      if (before && fits(n)) shared.set(n, before);
      const own = `${value.id}+${added}`;
      above.set(own, [...(above.get(own) ?? []), n]);
    }
  return shared;
}

function sumOf(address: Node): { value: Node; added: number } {
  let value = address;
  let added = 0;
  while (value.op === 'add' && isConst(resolve(value.args[1]!))) {
    added = (added + Number(resolve(value.args[1]!).value)) | 0;
    value = resolve(value.args[0]!);
  }
  return { value, added };
}

/**
 * Accesses of firmware that were not proved are compared with the ends of memory, which are constants (esc_inside in wasm-rt.h), so gcc's ranges tell which comparisons hold (vrp1): those of values that no
 * way brings above the end, and those behind a comparison of the same value that passed for an end no higher.
 */
import { endOfBound, isBound } from './bounds.ts';
import { resolve, type Block, type Graph, type Node } from './ir.ts';
import { Ranges } from './ranges.ts';

/** Takes away comparisons that are known to hold. */
export function dropHeld(g: Graph): void {
  if (!g.blocks.some((b) => b.nodes.some(isBound))) return;
  const ranges = new Ranges();
  const known = new Map<Block, Map<Node, number>>();
  for (const b of g.blocks) {
    const here = new Map(b.dominator ? known.get(b.dominator) : []);
    known.set(b, here);
    b.nodes = b.nodes.filter((n) => {
      if (!isBound(n)) return true;
      const value = resolve(n.args[0]!);
      const end = endOfBound(n);
      const most = here.get(value) ?? Infinity;
      if (Math.min(most, ranges.at(value, b).high) <= end) return false;
      here.set(value, end);
      return true;
    });
  }
}

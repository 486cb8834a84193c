/** Order of blocks in memory: chains along the most frequent edges, as gcc's block reordering builds its traces. */
import type { Block, Edge, Graph } from './ir.ts';

/** The block that follows each block, where it is one of its successors. */
export function layOut(g: Graph): Map<Block, Block> {
  const next = new Map<Block, Block>();
  const taken = new Set<Block>([g.entry]);
  const head = new Map<Block, Block>(g.blocks.map((b) => [b, b]));
  const root = (b: Block): Block => {
    let x = b;
    while (head.get(x) !== x) x = head.get(x)!;
    return x;
  };
  const edges: Edge[] = g.blocks.flatMap((b) => [...b.term.edges]);
  const isBack = (e: Edge) => e.to.loop !== null && e.to.loop.header === e.to && e.to.loop.blocks.has(e.from);
  edges.sort(
    (a, b) => Number(isBack(a)) - Number(isBack(b)) || b.weight - a.weight || a.from.order - b.from.order,
  );
  for (const e of edges) {
    if (e.from.term.kind === 'table') continue;
    if (next.has(e.from) || taken.has(e.to) || root(e.from) === root(e.to)) continue;
    next.set(e.from, e.to);
    taken.add(e.to);
    head.set(e.to, root(e.from));
  }
  return next;
}

/** Order of blocks in memory: chains along the most frequent edges, as gcc's block reordering builds its traces. */
import type { Block, Edge, Graph } from './ir.ts';
import type { Frequencies } from './static-profile.ts';

/** The block that follows each block, where it is one of its successors. */
export function layOut(g: Graph, frequencies: Frequencies): Map<Block, Block> {
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
  const join = (closed: ReadonlySet<Block>) => {
    for (const e of edges) {
      if (e.from.term.kind === 'table' || closed.has(e.from)) continue;
      if (next.has(e.from) || taken.has(e.to) || root(e.from) === root(e.to)) continue;
      next.set(e.from, e.to);
      taken.add(e.to);
      head.set(e.to, root(e.from));
    }
  };
  join(new Set());
  const closed = new Set<Block>();
  for (const e of edges.filter(isBack)) {
    if (e.from.term.kind === 'jump' && repeats(e, frequencies))
      rotate(g, next, taken, closed, e, frequencies);
  }
  join(closed);
  return next;
}

/** gcc expects the loop to be run four times or more. */
function repeats(back: Edge, { edges }: Frequencies): boolean {
  const of = (e: Edge) => edges.get(e) ?? 1;
  return of(back) > 0.8 * back.to.preds.reduce((sum, e) => sum + of(e), 0);
}

/**
 * A loop that ends in a jump to its first block (rotate_loop of gcc's bb-reorder.c) is turned until the block with the most frequent
 * way out comes last: the jump is made once, on the way in.
 *
 *   before -> header -> best -> tail -> (jump to header)
 *   before -> (jump to header)   tail -> header -> best -> (branch to tail)
 */
function rotate(
  g: Graph,
  next: Map<Block, Block>,
  taken: Set<Block>,
  closed: Set<Block>,
  { from: tail, to: header }: Edge,
  { edges }: Frequencies,
): void {
  if (header === g.entry) return;
  const trace: Block[] = [];
  for (let b: Block | undefined = header; b && b !== tail; b = next.get(b)) trace.push(b);
  if (next.has(tail) || (trace.length > 0 && next.get(trace.at(-1)!) !== tail)) return;
  const inside = new Set([...trace, tail]);
  let best: Block | null = null;
  let most = -1;
  for (const b of trace) {
    if (b.term.kind === 'table' || closed.has(b)) continue;
    for (const e of b.term.edges) {
      const frequency = edges.get(e) ?? 1;
      if (inside.has(e.to) || frequency <= most) continue;
      [best, most] = [b, frequency];
    }
  }
  if (!best) return;
  for (const b of g.blocks)
    if (next.get(b) === header) {
      next.delete(b);
      // What stands behind it now is the loop's new first block.
      closed.add(b);
    }
  next.delete(best);
  next.set(tail, header);
  taken.add(header);
}

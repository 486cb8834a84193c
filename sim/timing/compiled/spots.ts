/** gcc's basic blocks and the ways between them, as far as their order in memory asks about them. */

/** A basic block. */
export interface Spot {
  /** In the order before. */
  index: number;
  /** How often gcc thinks that it runs. */
  count: number;
  /** How often it does. */
  weight: number;
  /** Bytes of its instructions, but for a jump at its end. */
  size: number;
  ways: Way[];
  preds: Way[];
  /** Not a jump through a table: what follows may be any of the blocks that it leads to. */
  falls: boolean;
  /** Of a copy. */
  original: Spot | null;
}

export interface Way {
  from: Spot;
  /** Null for the way out of the function. */
  to: Spot | null;
  count: number;
  weight: number;
}

/** Ways back to a block that a search in depth is still at. */
export function backWays(entry: Spot): Set<Way> {
  const back = new Set<Way>();
  const open = new Set<Spot>([entry]);
  const seen = new Set<Spot>([entry]);
  const path: { s: Spot; at: number }[] = [{ s: entry, at: 0 }];
  while (path.length) {
    const top = path.at(-1)!;
    const way = top.s.ways[top.at++];
    if (!way) {
      open.delete(top.s);
      path.pop();
    } else if (way.to && open.has(way.to)) back.add(way);
    else if (way.to && !seen.has(way.to)) {
      seen.add(way.to);
      open.add(way.to);
      path.push({ s: way.to, at: 0 });
    }
  }
  return back;
}

export const probability = (w: Way): number => {
  let total = 0;
  for (const o of w.from.ways) total += o.count;
  return total > 0 ? w.count / total : 1 / w.from.ways.length;
};

/** Likelier by a tenth, or to where fewer others lead (better_edge_p). */
export function isBetter(w: Way, best: Way): boolean {
  const [p, q] = [probability(w), probability(best)];
  if (p > 1.1 * q) return true;
  if (p < 0.9 * q) return false;
  const [a, b] = [w.to!.count, best.to!.count];
  if (a < 0.9 * b) return true;
  if (a > 1.1 * b) return false;
  return w.to!.index === w.from.index + 1;
}

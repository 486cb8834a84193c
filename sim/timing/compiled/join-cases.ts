/**
 * Cases of a switch that lead to one place with the same values are one way, as in gcc's graphs, and what a way brings is moved on the way itself
 * (commit_edge_insertions of cfgrtl.cc): nothing else than a jump table chooses between them, so none of it can be done before.
 */
import { splitEdge } from './edges.ts';
import type { Edge, Graph } from './ir.ts';
import { alike, mergeInto } from './lower-switches.ts';
import { renewStructure } from './structure.ts';

/** Behind all that looks for the way of one case. */
export function joinCases(g: Graph): void {
  let split = false;
  for (const b of g.blocks) {
    if (b.term.kind !== 'table') continue;
    const kept: Edge[] = [];
    b.term.cases = b.term.edges.map((e) => {
      const same = kept.findIndex((k) => alike(k, e));
      if (same < 0) return kept.push(e) - 1;
      mergeInto(kept[same]!, e);
      return same;
    });
    b.term.edges = kept;
    for (const e of kept)
      if (e.to.phis.length > 0 && e.to.preds.length > 1) {
        splitEdge(g, e);
        split = true;
      }
  }
  if (!split) return;
  renewStructure(g);
}

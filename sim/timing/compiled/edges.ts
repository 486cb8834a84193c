/** Edges of a graph: taken away, and given a block of their own. */
import type { Block, Edge, Graph } from './ir.ts';

/** Takes an edge out of its target, with what phis get by it; one that is out already stays so. */
export function dropEdge(e: Edge): void {
  const { preds, phis } = e.to;
  const at = preds.indexOf(e);
  if (at < 0) return;
  preds.splice(at, 1);
  for (const phi of phis) phi.args.splice(at, 1);
}

/** How often gcc thinks that a block's end is reached. */
export const endCount = ({ term, count }: Block): number =>
  term.edges.length > 0 ? term.edges.reduce((sum, e: Edge) => sum + (e.count ?? 0), 0) : count;

/** A block on an edge, in order before its target. Dominators and loops are the caller's. */
export function splitEdge(g: Graph, e: Edge): Block {
  const { to, weight, count } = e;
  const block = g.block(weight, to.origin, count);
  const on: Edge = { from: block, to, weight, count };
  block.term = { kind: 'jump', edges: [on] };
  block.preds = [e];
  block.order = to.order - 0.5;
  to.preds[to.preds.indexOf(e)] = on;
  e.to = block;
  return block;
}

/** A new way from a block to another, which the block's branch is to take. */
export function addEdge(from: Block, to: Block, weight: number, count: number): Edge {
  const e: Edge = { from, to, weight, count };
  to.preds.push(e);
  return e;
}

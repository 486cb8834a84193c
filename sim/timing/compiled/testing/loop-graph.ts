/** A loop of one block between an entry and what comes behind it, for tests of what works on graphs. */
import type { Block, Edge, Graph, Node } from '../ir.ts';

export interface LoopGraph {
  entry: Block;
  loop: Block;
  /** Goes round while the condition holds. */
  close: (condition: Node) => void;
}

/** Without phis yet: their first arguments come from the entry, their second from the loop. */
export function loopGraph(g: Graph): LoopGraph {
  const at = { f: 0, block: 0 };
  const [entry, loop, after] = [g.block(1, at), g.block(9, at), g.block(1, at)] as const;
  g.entry = entry;
  const edge = (from: Block, to: Block): Edge => {
    const e: Edge = { from, to, weight: 1 };
    to.preds.push(e);
    return e;
  };
  entry.term = { kind: 'jump', edges: [edge(entry, loop)] };
  after.term = { kind: 'return', values: [], edges: [] };
  const close = (condition: Node): void => {
    loop.term = { kind: 'branch', condition, edges: [edge(loop, loop), edge(loop, after)] };
  };
  return { entry, loop, close };
}

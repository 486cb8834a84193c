/**
 * The vectoriser's turn at copying headers (ch_vect): a loop with one way out that has work behind its test, as where the memory's pointer is read again for the next round (preload.ts), is turned; its first round stands in front of it, where the pointer is
 * known, and what the variables begin with is folded.
 */
import { copyFirstRound } from './copy-unchecked.ts';
import { resolveAll, type Block, type Graph, type LoopNode, type Node } from './ir.ts';
import { fold, numberValues, removeDead } from './optimize.ts';
import { repairSsa } from './repair-ssa.ts';
import { openSingleRounds } from './single-rounds.ts';
import { renewStructure } from './structure.ts';

/** `reading`: headers of loops with such work. */
export function turnLoops(g: Graph, reading: ReadonlySet<Block>): void {
  const copies = new Map<Node, Map<Block, Node>>();
  for (const loop of g.loops) if (reading.has(loop.header)) turn(g, loop, copies);
  if (copies.size === 0) return;
  repairSsa(g, copies);
  renewStructure(g);
  numberValues(g);
  fold(g);
  if (openSingleRounds(g)) {
    resolveAll(g);
    fold(g);
  }
  removeDead(g);
  renewStructure(g);
}

function turn(g: Graph, loop: LoopNode, copies: Map<Node, Map<Block, Node>>): void {
  const { header } = loop;
  const round = header.preds.find((e) => e.from === header)?.count ?? 0;
  if (!copyFirstRound(g, loop, copies) || round <= 0) return;
  // The way round and what is left of the header become one block with the larger count of the two (merge_blocks).
  const part = round / header.count;
  header.count = round;
  for (const e of header.term.edges) e.count = (e.count ?? 0) * part;
}

/** The blocks of a graph as the flow graph has them, and the edges between them. */
import { edgesOf, type FlowBlock, type FlowGraph } from './flow-graph.ts';
import type { Block, Edge, Graph } from './ir.ts';

/** Makes a block for each of `order`, still empty, with the edges that lead into it. */
export function placeBlocks(
  g: Graph,
  flow: FlowGraph,
  order: readonly FlowBlock[],
): ReadonlyMap<FlowBlock, Block> {
  const blocks = new Map<FlowBlock, Block>();
  for (const b of order) {
    const block = g.block(b.weight, b.origin, b.count);
    block.rotated = b.rotated;
    blocks.set(b, block);
  }
  for (const b of order)
    for (const { to, weight, count, exit, jumps } of edgesOf(b.term)) {
      const edge: Edge = {
        from: blocks.get(b)!,
        to: blocks.get(to)!,
        weight,
        count,
        exit,
        jumps: jumps && flow.early,
      };
      edge.to.preds.push(edge);
    }
  g.entry = blocks.get(flow.entry)!;
  return blocks;
}

/** The edges out of a block in the order of its branch; parallel edges to one block keep theirs. */
export function placedEdges(b: FlowBlock, blocks: ReadonlyMap<FlowBlock, Block>): Edge[] {
  const edges = edgesOf(b.term);
  return edges.map((e, k) => {
    const parallel = blocks.get(e.to)!.preds.filter((p) => p.from === blocks.get(b));
    return parallel[edges.slice(0, k).filter((x) => x.to === e.to).length]!;
  });
}

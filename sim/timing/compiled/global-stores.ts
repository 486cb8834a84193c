/**
 * Store motion (gcc's tree-ssa-loop-im.c) of mutable globals: a loop that assigns one in every iteration, and touches nothing else that may be the same
 * memory, keeps it in a register and stores it where it leaves. Linear memory may be the same as anything, so the loop does not access it.
 */
import { splitEdge } from './edges.ts';
import { type Block, type Edge, type Graph, type LoopNode, type Node, resolveAll } from './ir.ts';
import { available, forwardValues } from './global-values.ts';
import { dominates, renewStructure } from './structure.ts';

const sameMemory = /^(load|store|call)$/;

export function moveGlobalStores(g: Graph): void {
  const assigned = new Set<bigint>();
  for (const b of g.blocks) for (const n of b.nodes) if (n.op === 'setglobal') assigned.add(n.value);
  if (assigned.size === 0) return;
  for (const loop of g.loops.toSorted((a, b) => a.depth - b.depth)) {
    const nodes = [...loop.blocks].flatMap((b) => b.nodes);
    if (!loop.preheader || nodes.some((n) => sameMemory.test(n.op))) continue;
    for (const value of assigned) {
      const stores = nodes.filter(
        (n) => n.op === 'setglobal' && n.value === value && n.block.nodes.includes(n),
      );
      const always = alwaysRun(loop);
      if (stores.some((n) => always.has(n.block))) moveOut(g, loop, loop.preheader, stores);
    }
  }
  resolveAll(g);
  renewStructure(g);
}

/** Blocks that run whenever the loop is entered: those before the first way out that the latches come by. */
function alwaysRun(loop: LoopNode): Set<Block> {
  const latches = loop.header.preds.filter((e) => loop.blocks.has(e.from)).map((e) => e.from);
  const result = new Set<Block>();
  const inOrder = [...loop.blocks].sort((a, b) => a.order - b.order);
  for (const b of inOrder) {
    if (!latches.every((l) => dominates(b, l))) continue;
    result.add(b);
    const edges: readonly Edge[] = b.term.edges;
    if (edges.some((e) => !loop.blocks.has(e.to))) break;
  }
  return result;
}

function moveOut(g: Graph, loop: LoopNode, preheader: Block, stores: readonly Node[]): void {
  const [example] = stores as [Node];
  const { value } = example;
  const type = example.args[0]!.type;
  const read = (b: Block) => g.node(b, 'global', type, [], { value, origin: b.origin });
  preheader.nodes.push(read(preheader));
  const exits = [...loop.blocks].flatMap((b) => b.term.edges.filter((e: Edge) => !loop.blocks.has(e.to)));
  for (const e of exits) {
    const out = splitEdge(g, e);
    const last = read(out);
    out.nodes.push(last, g.node(out, 'setglobal', 'void', [last], { value, origin: out.origin }));
  }
  g.blocks.sort((a, b) => a.order - b.order);
  const isRead = (n: Node) => n.op === 'global' && n.value === value;
  const place = `global ${value}`;
  forwardValues(g, isRead, place, available(g, place, isRead), type);
  for (const b of loop.blocks) b.nodes = b.nodes.filter((n) => !stores.includes(n));
}

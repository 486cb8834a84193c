/** Shape of a graph: reverse postorder, dominators, natural loops, preheaders. */
import { immediateDominators } from './immediate-dominators.ts';
import { resolve, type Block, type Edge, type Graph } from './ir.ts';
import { reversePostorder } from './reverse-postorder.ts';

/** Drops unreachable blocks, orders the rest, and finds dominators and loops. */
export function analyseStructure(g: Graph): void {
  order(g);
  dominators(g);
  loops(g);
}

function order(g: Graph): void {
  g.blocks = reversePostorder(g.entry, (b) => b.term.edges.map(({ to }) => to));
  const seen = new Set(g.blocks);
  g.blocks.forEach((b, i) => (b.order = i));
  for (const b of g.blocks) {
    const keep = b.preds.map((e) => seen.has(e.from));
    if (keep.every(Boolean)) continue;
    for (const phi of b.phis) phi.args = phi.args.filter((_, i) => keep[i]);
    b.preds = b.preds.filter((_, i) => keep[i]);
  }
}

function dominators(g: Graph): void {
  const above = immediateDominators(g.blocks.length, (i) => g.blocks[i]!.preds.map(({ from }) => from.order));
  g.blocks.forEach((b, i) => (b.dominator = i === 0 ? null : g.blocks[above[i]!]!));
}

export function dominates(a: Block, b: Block): boolean {
  let x: Block | null = b;
  while (x && x.order > a.order) x = x.dominator;
  return x === a;
}

function loops(g: Graph): void {
  g.loops = [];
  for (const b of g.blocks) b.loop = null;
  for (const header of g.blocks) {
    const latches = header.preds.filter((e) => dominates(header, e.from)).map((e) => e.from);
    if (latches.length === 0) continue;
    const blocks = new Set<Block>([header]);
    const work = [...latches];
    while (work.length) {
      const b = work.pop()!;
      if (blocks.has(b)) continue;
      blocks.add(b);
      for (const { from } of b.preds) work.push(from);
    }
    g.loops.push({ header, parent: null, depth: 1, blocks, preheader: null });
  }
  // Headers come in reverse postorder, so outer loops precede inner ones.
  for (const loop of g.loops) {
    for (const outer of g.loops)
      if (outer !== loop && outer.blocks.has(loop.header) && outer.blocks.size > loop.blocks.size) {
        if (!loop.parent || loop.parent.blocks.size > outer.blocks.size) loop.parent = outer;
      }
    loop.depth = loop.parent ? loop.parent.depth + 1 : 1;
    for (const b of loop.blocks) b.loop = loop;
  }
}

/** Gives every loop a block before its header that leads nowhere else. */
export function makePreheaders(g: Graph): void {
  for (const loop of g.loops) {
    const { header } = loop;
    const entries = header.preds.filter((e) => !loop.blocks.has(e.from));
    const only = entries.length === 1 ? entries[0]! : null;
    if (only && only.from.term.kind === 'jump') {
      loop.preheader = only.from;
      continue;
    }
    const weight = entries.reduce((sum, e) => sum + e.weight, 0);
    const count = entries.reduce((sum, e) => sum + (e.count ?? 0), 0);
    const block = g.block(weight, header.origin, count);
    const edge: Edge = { from: block, to: header, weight, count };
    block.term = { kind: 'jump', edges: [edge] };
    const inside = header.preds.map((e) => loop.blocks.has(e.from));
    for (const phi of header.phis) {
      const outer = phi.args.filter((_, i) => !inside[i]).map(resolve);
      const inner = phi.args.filter((_, i) => inside[i]);
      let value = outer[0]!;
      if (outer.some((x) => x !== value)) {
        value = g.node(block, 'phi', phi.type, outer);
        block.phis.push(value);
      }
      phi.args = [value, ...inner];
    }
    for (const e of entries) e.to = block;
    block.preds = entries;
    header.preds = [edge, ...header.preds.filter((_, i) => inside[i])];
    loop.preheader = block;
  }
  const made = new Map(g.loops.map((l) => [l.preheader!, l]));
  analyseStructure(g);
  for (const loop of g.loops)
    for (const [preheader, old] of made) if (old.header === loop.header) loop.preheader = preheader;
}

/** Dominators, loops and the blocks before their headers, after blocks or edges have changed. */
export function renewStructure(g: Graph): void {
  analyseStructure(g);
  makePreheaders(g);
}

/**
 * Partial redundancy elimination (gcc's tree-ssa-pre.c) of the two loads that wasm2c repeats everywhere: the memory's data pointer and its length. A
 * store may change both, so a loop that stores reads them again. Where one way into a loop already knows the value, gcc reads it again at the
 * end of the other way, not where it is needed: the load's latency passes behind the loop's branch.
 */
import { overwrites } from './memory-state.ts';
import { resolve, type Block, type Graph, type LoopNode, type Node } from './ir.ts';

export function preload(g: Graph): void {
  // The check reads the length before the access reads the pointer, so the length is loaded first and waits less.
  const outerFirst = g.loops.toSorted((a, b) => a.depth - b.depth);
  const inserted = new Set<Node>();
  for (const op of ['size', 'base']) for (const loop of outerFirst) preloadIn(g, loop, op, inserted);
}

const kills = (n: Node): boolean => overwrites(n, 'fields');

function preloadIn(g: Graph, loop: LoopNode, op: string, inserted: Set<Node>): void {
  const { header } = loop;
  const into = header.preds.map((e) => e.from);
  if (into.length !== 2 || isTurned(loop)) return;
  const needed = firstRead(header, op);
  if (!needed) return;
  const known = into.map((from) => valueAtEnd(from, op, inserted));
  if (known.every((v) => v === null) || known.includes(needed)) return;
  const values = known.map((value, i) => {
    if (value) return value;
    const from = into[i]!;
    const load = g.node(from, op, needed.type, needed.args, { origin: needed.origin });
    from.nodes.push(load);
    // It stands on the way round, which who leaves the loop does not take.
    if (loop.blocks.has(from)) inserted.add(load);
    return load;
  });
  const phi = g.node(header, 'phi', needed.type, values, { origin: needed.origin });
  header.phis.push(phi);
  // An inner loop reads again on its own account.
  if (needed.block.loop !== loop) return;
  needed.forward = phi;
  needed.block.nodes = needed.block.nodes.filter((n) => n !== needed);
  for (const b of g.blocks) {
    for (const n of [...b.phis, ...b.nodes]) n.args = n.args.map(resolve);
    if ('condition' in b.term) b.term.condition = resolve(b.term.condition);
    if (b.term.kind === 'return') b.term.values = b.term.values.map(resolve);
  }
}

/** Largest body in instructions that gcc copies before a loop (param max-loop-header-insns). */
const largestBody = 20;

/**
 * Before it tries to vectorise, gcc turns a loop with one exit that has work behind its test (pass_ch_vect): its body up to the test is copied before the
 * loop, which then begins with the read. That is the same as leaving the read where it was, but for the first time.
 */
function isTurned({ header, blocks }: LoopNode): boolean {
  if (header.term.kind !== 'branch' || header.term.edges.every((e) => blocks.has(e.to))) return false;
  const body = [...blocks].flatMap((b) => b.nodes);
  if (body.some((n) => /^(guard|guard64|divcheck|call)$/.test(n.op))) return false;
  const exits = [...blocks].filter((b) => b.term.edges.some((e) => !blocks.has(e.to)));
  if (exits.length !== 1) return false;
  // A test is two instructions, an offset an addition, and ivcanon's counter is there too.
  const size = header.nodes.reduce((sum, n) => sum + 1 + Number(n.offset !== 0 && n.bytes > 0), 2);
  return size <= largestBody;
}

/** The read that every way from a block's start comes to before anything can change the value. */
function firstRead(start: Block, op: string): Node | null {
  const seen = new Set<Block>();
  for (let b = start; !seen.has(b); b = b.term.edges[0].to) {
    seen.add(b);
    if (b !== start && b.phis.some((p) => isValue(p, op))) return null;
    for (const n of b.nodes) {
      if (n.op === op) return n;
      // Where calls are too deep, nothing is read.
      if (kills(n) || n.op === 'enter') return null;
    }
    if (b.term.kind !== 'jump') return null;
  }
  return null;
}

/** The value as it is known at the end of a block. */
function valueAtEnd(end: Block, op: string, inserted: ReadonlySet<Node>): Node | null {
  const seen = new Set<Block>();
  for (let b = end; !seen.has(b); b = b.preds[0]!.from) {
    seen.add(b);
    for (const n of b.nodes.toReversed()) {
      if (n.op === op && !inserted.has(n)) return n;
      if (kills(n)) return null;
    }
    const phi = b.phis.find((p) => isValue(p, op));
    if (phi) return phi;
    if (b.preds.length !== 1) return null;
  }
  return null;
}

const isValue = (phi: Node, op: string): boolean =>
  phi.args.some((a) => resolve(a).op === op) &&
  phi.args.every((a) => resolve(a).op === op || resolve(a).op === 'phi');

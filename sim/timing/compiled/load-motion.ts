/**
 * Reads of the memory's pointer and length that are redundant on some ways (lazy code motion over registers, pass_rtl_pre of gcse.cc). The passes over trees
 * leave alone what no hot way would gain by; behind them gcc asks once more, whatever is hot: where every way on from a place reads the same and some ways
 * to it know it, the others read it on their way, as late as they can. What accessors of the early and of the late inliner read has different types and is
 * not the same here (exp_equiv_p compares the attributes of memory).
 */
import { splitEdge } from './edges.ts';
import { anticipated, available, mayTrap } from './global-values.ts';
import { resolveAll, type Block, type Edge, type Graph, type Node } from './ir.ts';
import { overwrites } from './memory-state.ts';
import { Reader } from './repair-ssa.ts';
import { renewStructure } from './structure.ts';

/** Copies for each read that goes away (max-gcse-insertion-ratio). */
const MOST_COPIES = 20;

export function moveReads(g: Graph): void {
  let split = false;
  let moved = false;
  for (const op of ['size', 'base'])
    for (const late of [false, true]) {
      const isRead = (n: Node) => n.op === op && n.late === late;
      if (!g.blocks.some((b) => b.nodes.some(isRead))) continue;
      const motion = new Motion(g, isRead);
      if (!motion.run()) continue;
      moved = true;
      split ||= motion.split;
    }
  if (moved) resolveAll(g);
  if (split) renewStructure(g);
}

class Motion {
  split = false;
  private readonly g: Graph;
  private readonly isRead: (n: Node) => boolean;
  /** Blocks that begin with a read, from whose start every way on reads, that overwrite it, and that know it at their end. */
  private readonly reads = new Map<Block, Node>();
  private readonly wanted: ReadonlyMap<Block, boolean>;
  private readonly overwritten = new Set<Block>();
  private readonly last = new Map<Block, Node>();
  private readonly known: ReadonlyMap<Block, boolean>;

  constructor(g: Graph, isRead: (n: Node) => boolean) {
    this.g = g;
    this.isRead = isRead;
    this.wanted = anticipated(g, 'fields', isRead);
    for (const b of g.blocks) this.look(b);
    this.known = available(g, 'fields', isRead);
  }

  private look(b: Block): void {
    for (const n of b.nodes) {
      if (overwrites(n, 'fields')) {
        this.overwritten.add(b);
        this.last.delete(b);
      } else if (this.isRead(n)) this.last.set(b, n);
    }
    const first = b.nodes.find((n) => this.isRead(n) || overwrites(n, 'fields') || mayTrap.test(n.op));
    if (first && this.isRead(first)) this.reads.set(b, first);
  }

  /** Whether a read could stand before a block where it could stand on a way out of it. */
  private passes(b: Block): boolean {
    return (
      !this.overwritten.has(b) &&
      !b.nodes.some((n) => mayTrap.test(n.op)) &&
      b.term.edges.every((e: Edge) => this.wanted.get(e.to)!)
    );
  }

  private isEarliest({ from, to }: Edge): boolean {
    return this.wanted.get(to)! && !this.known.get(from)! && !this.passes(from);
  }

  /** Blocks to whose start a read may wait from wherever it could stand first (compute_laterin). */
  private waits(): { at: ReadonlyMap<Block, boolean>; on: (e: Edge) => boolean } {
    const { g } = this;
    const at = new Map<Block, boolean>(g.blocks.map((b) => [b, this.wanted.get(b)!]));
    const on = (e: Edge): boolean => this.isEarliest(e) || (at.get(e.from)! && !this.reads.has(e.from));
    for (let changed = true; changed;) {
      changed = false;
      for (const b of g.blocks) {
        if (!at.get(b) || b.preds.every(on)) continue;
        at.set(b, false);
        changed = true;
      }
    }
    return { at, on };
  }

  /** @returns whether a read went away. */
  run(): boolean {
    const { g, reads, last } = this;
    const [example] = reads.values();
    if (!example) return false;
    const { at, on } = this.waits();
    const gone = [...reads].filter(([b]) => !at.get(b));
    const ways = g.blocks.flatMap((b) => (at.get(b) ? [] : b.preds.filter(on)));
    if (gone.length === 0 || ways.length > MOST_COPIES * gone.length) return false;
    const ends = new Map(last);
    for (const [b, n] of gone) if (ends.get(b) === n) ends.delete(b);
    for (const e of ways) {
      const home = e.from.term.kind === 'jump' ? e.from : splitEdge(g, e);
      this.split ||= home !== e.from;
      const read = g.node(home, example.op, example.type, [], { origin: home.origin, late: example.late });
      home.nodes.push(read);
      ends.set(home, read);
    }
    const reader = new Reader(g, g.constant(example.type, 0n), ends);
    for (const [b, n] of gone) n.forward = reader.atStart(b);
    reader.place();
    for (const [b, n] of gone) b.nodes = b.nodes.filter((m) => m !== n);
    return true;
  }
}

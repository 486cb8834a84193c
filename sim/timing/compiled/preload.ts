/**
 * Partial redundancy elimination (gcc's tree-ssa-pre.c) of the two loads that wasm2c repeats everywhere: the memory's data pointer and its length. A
 * store may change both. Where every way on from a join reads one and some way to the join knows it, the others read it at their ends, not where it is
 * needed: the load's latency passes behind the loop's branch, and who did not store does not read again. What all ways to a join know is known behind it, whether or not all ways
 * on read it, where the pass over registers (gcse.c) takes all reads for the same: without checks they are, with them those of accessors that wait for the late inliner are of another type.
 */
import { splitEdge } from './edges.ts';
import { anticipated } from './global-values.ts';
import { isHotEdge } from './hot.ts';
import { numberMemoryStates, overwrites } from './memory-state.ts';
import { type Block, type Edge, type Graph, type LoopNode, type Node, resolveAll } from './ir.ts';
import { renewStructure } from './structure.ts';
import { isTurned } from './turned-loops.ts';

/** Insertions make others possible; gcc goes round until there are none. */
const MOST_ROUNDS = 8;

/** @returns headers of loops that would read again behind their test. */
export function preload(g: Graph, checked: boolean): ReadonlySet<Block> {
  let split = false;
  const turned = new Set<Block>();
  // The check reads the length before the access reads the pointer, so the length is loaded first and waits less.
  for (const op of ['size', 'base']) {
    const field = new Field(g, op, checked);
    split = field.keep() || split;
    for (const { header } of field.turned()) turned.add(header);
  }
  if (split) renewStructure(g);
  return turned;
}

class Field {
  private readonly g: Graph;
  private readonly op: string;
  private readonly checked: boolean;
  private readonly example: Node | undefined;
  private readonly wanted: ReadonlyMap<Block, boolean>;
  /** Loops that begin with a read if their header is copied. */
  private readonly turnable: LoopNode[] = [];
  /** Blocks that start in the state of memory that their dominator ends in. */
  private readonly unchanged: ReadonlySet<Block>;
  /** Ways on which the field is read. */
  private readonly reads = new Map<Edge, Node | null>();
  private starts = new Map<Block, boolean>();
  private ends = new Map<Block, boolean>();

  constructor(g: Graph, op: string, checked: boolean) {
    this.g = g;
    this.checked = checked;
    this.op = op;
    this.example = g.blocks.flatMap((b) => b.nodes).find((n) => n.op === op);
    const wanted = anticipated(g, 'fields', (n) => n.op === op);
    for (const loop of g.loops.filter(isTurned)) {
      const { header } = loop;
      if (wanted.get(header)) this.turnable.push(loop);
      wanted.set(header, false);
      header.turned = true;
    }
    this.wanted = wanted;
    const states = numberMemoryStates(g).get('fields');
    this.unchanged = new Set(
      g.blocks.filter(
        (b) => b.dominator && b.preds.every((e) => states?.get(e.from) === states?.get(b.dominator!)),
      ),
    );
  }

  /** @returns whether edges got blocks of their own. */
  keep(): boolean {
    if (!this.example) return false;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      this.follow();
      if (!this.insert()) break;
    }
    // Later insertions may have made earlier ones redundant, as a join in a loop those at the loop's end.
    for (const e of [...this.reads.keys()]) if (this.ends.get(e.from)) this.reads.delete(e);
    return this.rewrite();
  }

  /** Loops whose way round would have read the field again, so that they are turned. */
  turned(): LoopNode[] {
    return this.turnable.filter(
      ({ header }) =>
        !this.isInherited(header) &&
        header.preds.some((e) => !this.arrives(e)) &&
        header.preds.some((e) => this.arrives(e) && isHotEdge(e)),
    );
  }

  private arrives(e: Edge): boolean {
    return this.reads.has(e) || this.ends.get(e.from) !== false;
  }

  private isKnownAt(b: Block): boolean {
    if (this.isInherited(b)) return true;
    return (
      b.preds.length > 0 && (!this.checked || this.wanted.get(b)!) && b.preds.every((e) => this.arrives(e))
    );
  }

  private isInherited(b: Block): boolean {
    return this.unchanged.has(b) && this.ends.get(b.dominator!) !== false;
  }

  private through(b: Block, known: boolean): boolean {
    const last = b.nodes.findLast((n) => n.op === this.op || overwrites(n, 'fields'));
    return last ? last.op === this.op : known;
  }

  private follow(): void {
    this.starts = new Map();
    this.ends = new Map();
    for (let changed = true; changed;) {
      changed = false;
      for (const b of this.g.blocks) {
        const start = this.isKnownAt(b);
        this.starts.set(b, start);
        const end = this.through(b, start);
        if (end === this.ends.get(b)) continue;
        this.ends.set(b, end);
        changed = true;
      }
    }
  }

  private insert(): boolean {
    let inserted = false;
    for (const b of this.g.blocks) {
      const without = b.preds.filter((e) => !this.arrives(e));
      if (
        this.wanted.get(b) &&
        !this.isInherited(b) &&
        without.length > 0 &&
        b.preds.some((e) => this.arrives(e) && isHotEdge(e))
      ) {
        for (const e of without) this.reads.set(e, null);
        inserted = true;
      }
      this.ends.set(b, this.through(b, this.isKnownAt(b)));
    }
    return inserted;
  }

  /** What is read in front of a block is written as its first reader writes it. */
  private isLate(from: Block): boolean {
    const seen = new Set([from]);
    for (const b of seen) {
      const first = b.nodes.find((n) => n.op === this.op);
      if (first) return first.late;
      for (const { to } of b.term.edges) seen.add(to);
    }
    return this.example!.late;
  }

  private rewrite(): boolean {
    const { g, op, example } = this;
    const blocks = [...g.blocks];
    const late = new Map([...this.reads.keys()].map((e) => [e, this.isLate(e.to)]));
    const phis = new Map<Block, Node>();
    const ends = new Map<Block, Node | null>();
    for (const b of blocks) {
      let value: Node | null = null;
      if (this.starts.get(b)) {
        if (this.isInherited(b)) value = ends.get(b.dominator!) ?? null;
        else {
          value = g.node(b, 'phi', example!.type, [], { origin: b.origin });
          phis.set(b, value);
        }
      }
      b.nodes = b.nodes.filter((n) => {
        if (n.op === op) {
          if (value) n.forward = value;
          else value = n;
          return !n.forward;
        }
        if (overwrites(n, 'fields')) value = null;
        return true;
      });
      ends.set(b, value);
    }
    const into = new Map([...phis].map(([b]) => [b, [...b.preds]]));
    let split = false;
    for (const e of this.reads.keys()) {
      const { from } = e;
      const at = from.term.kind === 'jump' ? from : splitEdge(g, e);
      split ||= at !== from;
      const load = g.node(at, op, example!.type, [], { origin: at.origin, late: late.get(e)! });
      at.nodes.push(load);
      this.reads.set(e, load);
    }
    for (const [b, phi] of phis) {
      phi.args = into.get(b)!.map((e) => this.reads.get(e) ?? ends.get(e.from)!);
      b.phis.push(phi);
    }
    resolveAll(g);
    return split;
  }
}

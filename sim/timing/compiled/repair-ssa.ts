/** Phis for values that copies of blocks define once more, found backward from each use (Braun et al. 2013, as ssa.ts does). */
import { resolve, resolveAll, type Block, type Graph, type Node } from './ir.ts';

/** `copies`: for each value, what stands for it in each block that was copied. */
export function repairSsa(g: Graph, copies: ReadonlyMap<Node, ReadonlyMap<Block, Node>>): void {
  const readers = new Map<Node, Reader>();
  const readerOf = (n: Node): Reader | null => {
    const copied = copies.get(n);
    if (!copied) return null;
    let reader = readers.get(n);
    if (!reader) readers.set(n, (reader = new Reader(g, n, copied)));
    return reader;
  };
  const inside = (b: Block, n: Node): Node => {
    const reader = readerOf(n);
    return !reader || n.block === b ? n : reader.atStart(b);
  };
  const blocks = [...g.blocks];
  for (const b of blocks) {
    for (const n of b.nodes) n.args = n.args.map((a) => inside(b, resolve(a)));
    if ('condition' in b.term) b.term.condition = inside(b, resolve(b.term.condition));
    if (b.term.kind === 'return') b.term.values = b.term.values.map((v) => inside(b, resolve(v)));
  }
  for (const b of blocks)
    for (const phi of b.phis)
      phi.args = phi.args.map((a, i) => {
        const n = resolve(a);
        return readerOf(n)?.atEnd(b.preds[i]!.from) ?? n;
      });
  for (const reader of readers.values()) reader.place();
  for (const b of blocks)
    if (b.preds.length === 1) {
      for (const phi of b.phis) phi.forward = resolve(phi.args[0]!);
      b.phis = [];
    }
  resolveAll(g);
}

/** What a value is at the ends of blocks is what it is there or comes with phis from others. */
export class Reader {
  private readonly g: Graph;
  private readonly value: Node;
  private readonly ends = new Map<Block, Node>();
  private readonly starts = new Map<Block, Node>();
  private readonly phis: Node[] = [];

  constructor(g: Graph, value: Node, copies: ReadonlyMap<Block, Node>) {
    this.g = g;
    this.value = value;
    this.ends.set(value.block, value);
    for (const [b, copy] of copies) this.ends.set(b, copy);
  }

  atEnd(b: Block): Node {
    return this.ends.get(b) ?? this.atStart(b);
  }

  atStart(b: Block): Node {
    const known = this.starts.get(b);
    if (known) return known;
    if (b.preds.length === 0) return this.value;
    if (b.preds.length === 1) {
      const value = this.atEnd(b.preds[0]!.from);
      this.starts.set(b, value);
      return value;
    }
    const phi = this.g.node(b, 'phi', this.value.type, [], {
      variable: this.value.variable,
      origin: b.origin,
    });
    this.starts.set(b, phi);
    phi.args = b.preds.map((e) => this.atEnd(e.from));
    this.phis.push(phi);
    return phi;
  }

  /** Adds the phis that are more than one value. */
  place(): void {
    for (let changed = true; changed;) {
      changed = false;
      for (const phi of this.phis) {
        if (phi.forward) continue;
        const others = new Set(phi.args.map(resolve).filter((a) => a !== phi));
        if (others.size > 1) continue;
        phi.forward = [...others][0] ?? this.value;
        changed = true;
      }
    }
    for (const phi of this.phis) if (!phi.forward) phi.block.phis.push(phi);
  }
}

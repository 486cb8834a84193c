/**
 * Which blocks of a function need a counter, so that all other counts follow by conservation of flow.
 *
 * Knuth and Stevenson, "Optimal measurement points for program frequency counts" (BIT 13, 1973): edges that share a
 * source or a target form one class; each block is then an arc from its incoming to its outgoing class, and what flows
 * into a class flows out of it. Counters go on the arcs outside a spanning tree; the tree prefers deep blocks.
 */
import type { BasicBlock, Loop } from './blocks.ts';

export interface FlowPlan {
  /** Blocks that carry a counter, by id. */
  counted: number[];
  /** From the counts of `counted`, in their order, to the counts of all blocks. */
  solve(counts: readonly number[]): number[];
}

/** A block's incoming and outgoing end. */
const into = (block: number): number => 2 * block;
const outOf = (block: number): number => 2 * block + 1;

export function flowPlan(blocks: readonly BasicBlock[], loops: readonly Loop[]): FlowPlan {
  const live = blocks.filter((b) => b.reachable);
  // The outside of the function is one more block: returns lead to it and it leads to the entry.
  const outside = blocks.length;
  const classes = new UnionFind(2 * (outside + 1));
  classes.join(outOf(outside), into(0));
  for (const b of live) for (const { to } of b.exits) classes.join(outOf(b.id), into(to < 0 ? outside : to));

  const depth = (b: BasicBlock) => (b.loop < 0 ? 0 : loops[b.loop]!.depth);
  const order = [outside, ...live.toSorted((a, b) => depth(b) - depth(a) || b.id - a.id).map((b) => b.id)];
  const tree = new UnionFind(2 * (outside + 1));
  const branches: number[] = [];
  const counted: number[] = [];
  for (const id of order) {
    if (tree.join(classes.find(into(id)), classes.find(outOf(id)))) branches.push(id);
    else counted.push(id);
  }
  counted.sort((a, b) => a - b);

  return {
    counted,
    solve(counts) {
      const result = new Array<number>(outside + 1).fill(0);
      const surplus = new Map<number, number>(); // what flows in less what flows out, by class
      const touch = (id: number, count: number) => {
        const from = classes.find(into(id));
        const to = classes.find(outOf(id));
        surplus.set(from, (surplus.get(from) ?? 0) - count);
        surplus.set(to, (surplus.get(to) ?? 0) + count);
      };
      counted.forEach((id, i) => {
        result[id] = counts[i]!;
        touch(id, counts[i]!);
      });
      // Leaves of the tree first: a class with one unknown arc left determines it.
      const open = new Map<number, Set<number>>();
      for (const id of branches)
        for (const c of [classes.find(into(id)), classes.find(outOf(id))]) {
          if (!open.has(c)) open.set(c, new Set());
          open.get(c)!.add(id);
        }
      const leaves = [...open.keys()].filter((c) => open.get(c)!.size === 1);
      while (leaves.length) {
        const c = leaves.pop()!;
        const [id] = open.get(c)!;
        if (id === undefined) continue;
        const from = classes.find(into(id));
        const to = classes.find(outOf(id));
        const count = c === from ? (surplus.get(c) ?? 0) : -(surplus.get(c) ?? 0);
        result[id] = count;
        touch(id, count);
        for (const end of [from, to]) {
          open.get(end)!.delete(id);
          if (open.get(end)!.size === 1) leaves.push(end);
        }
      }
      return result.slice(0, outside);
    },
  };
}

class UnionFind {
  private readonly parent: number[];

  constructor(size: number) {
    this.parent = Array.from({ length: size }, (_, i) => i);
  }

  find(x: number): number {
    let root = x;
    while (this.parent[root] !== root) root = this.parent[root]!;
    while (this.parent[x] !== root) [x, this.parent[x]] = [this.parent[x]!, root];
    return root;
  }

  /** False when the two were one set already. */
  join(a: number, b: number): boolean {
    const x = this.find(a);
    const y = this.find(b);
    this.parent[x] = y;
    return x !== y;
  }
}

/**
 * The depth of calls where one inlined function follows another: what the first left on its way out is what the second begins with. gcc knows the depth that it has tested
 * (tree-ssa-dom.c) and drops a store that another one overwrites before anything may read it (tree-ssa-dse.c): a load of linear memory may, and so may a trap.
 */
import { callDepth, resolve, type Block, type Graph, type Node } from './ir.ts';

const mayRead = /^(load|call|accessor|check|guard|guard64|divcheck|enter)$/;
const isDepth = (n: Node, op: string): boolean => n.op === op && n.value === callDepth;

export function dropRepeatedDepths(g: Graph): void {
  // Blocks come behind what dominates them.
  const tested = new Map<Block, ReadonlySet<Node>>();
  for (const b of g.blocks) {
    const known = new Set(b.dominator ? tested.get(b.dominator) : []);
    b.nodes = b.nodes.filter((n) => {
      if (n.op !== 'enter') return true;
      const depth = resolve(n.args[0]!);
      if (known.has(depth)) return false;
      known.add(depth);
      return true;
    });
    tested.set(b, known);
    dropOverwritten(b);
  }
}

function dropOverwritten(b: Block): void {
  let overwritten = false;
  const dead = new Set<Node>();
  for (const n of b.nodes.toReversed()) {
    if (isDepth(n, 'setglobal')) {
      if (overwritten) dead.add(n);
      overwritten = true;
    } else if (mayRead.test(n.op) || isDepth(n, 'global')) overwritten = false;
  }
  if (dead.size > 0) b.nodes = b.nodes.filter((n) => !dead.has(n));
}

/** Whether a graph is one of static single assignment: every value is made before it is read, on every way to there. */
import { resolve, type Block, type Graph, type Node } from '../../../sim/timing/compiled/ir.ts';
import { immediateDominators } from '../../../sim/timing/compiled/immediate-dominators.ts';

/** The first thing that is wrong, null where nothing is. */
export function misplaced(g: Graph): string | null {
  const number = new Map(g.blocks.map((b, i) => [b, i]));
  const above = immediateDominators(g.blocks.length, (i) =>
    g.blocks[i]!.preds.map(({ from }) => number.get(from)!),
  );
  const dominates = (a: number, b: number): boolean => {
    for (let x = b; ; x = above[x]!) {
      if (x === a) return true;
      if (x === 0) return false;
    }
  };
  const places = new Map<Node, { block: number; at: number }>();
  g.blocks.forEach((b, block) => {
    for (const phi of b.phis) places.set(phi, { block, at: -1 });
    b.nodes.forEach((n, at) => places.set(n, { block, at }));
  });
  const wrong = (value: Node, b: Block, at: number, user: string): string | null => {
    const n = resolve(value);
    if (n.op === 'const') return null;
    const made = places.get(n);
    if (!made) return `v${n.id} (${n.op}) is nowhere, and read by ${user}`;
    const block = number.get(b)!;
    const before = made.block === block ? made.at < at : dominates(made.block, block);
    return before ? null : `v${n.id} (${n.op}) is read by ${user} before it is made`;
  };
  for (const b of g.blocks) {
    for (const phi of b.phis) {
      if (phi.args.length !== b.preds.length) return `v${phi.id} has other ways than its block`;
      for (const [i, e] of b.preds.entries()) {
        const why = wrong(phi.args[i]!, e.from, Infinity, `v${phi.id} (phi)`);
        if (why) return why;
      }
    }
    for (const [at, n] of b.nodes.entries())
      for (const a of n.args) {
        const why = wrong(a, b, at, `v${n.id} (${n.op})`);
        if (why) return why;
      }
    const { term } = b;
    const ends = 'condition' in term ? [term.condition] : term.kind === 'return' ? term.values : [];
    for (const a of ends) {
      const why = wrong(a, b, Infinity, `the end of block ${b.id}`);
      if (why) return why;
    }
    for (const e of term.edges)
      if (e.from !== b || !e.to.preds.includes(e)) return `block ${b.id} has a loose way`;
  }
  return null;
}

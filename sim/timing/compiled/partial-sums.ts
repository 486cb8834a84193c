/**
 * Partial redundancy elimination (gcc's tree-ssa-pre.c) of sums with constants where ways meet: x + c of a phi is a value that one way in has already when
 * that way's x is itself such a sum. The others compute it at their ends, and the sum is a phi.
 */
import { isConst, resolve, resolveAll, type Block, type Graph, type Node } from './ir.ts';

export function sharePartialSums(g: Graph): void {
  for (const b of g.blocks) {
    if (b.preds.length < 2 || b.loop?.header === b || b.preds.some((e) => e.from.term.edges.length > 1))
      continue;
    for (const n of b.nodes) {
      if (n.op !== 'add' || n.type !== 'i32' || !isConst(resolve(n.args[1]!))) continue;
      const phi = resolve(n.args[0]!);
      if (phi.op !== 'phi' || phi.block !== b) continue;
      const by = resolve(n.args[1]!).value;
      const known = phi.args.map((a) => undone(resolve(a), by));
      if (!known.some((k) => k !== null)) continue;
      const merged = g.node(b, 'phi', n.type, [], { origin: n.origin, variable: n.variable });
      merged.args = phi.args.map((a, i) => known[i] ?? sumAt(g, b.preds[i]!.from, resolve(a), n));
      b.phis.push(merged);
      n.forward = merged;
    }
    b.nodes = b.nodes.filter((n) => !n.forward);
  }
  resolveAll(g);
}

/** x where a value is x - by. */
function undone(value: Node, by: bigint): Node | null {
  if (value.op !== 'add' || !isConst(resolve(value.args[1]!))) return null;
  return BigInt.asIntN(32, resolve(value.args[1]!).value + by) === 0n ? resolve(value.args[0]!) : null;
}

function sumAt(g: Graph, b: Block, value: Node, n: Node): Node {
  const sum = g.node(b, 'add', n.type, [value, resolve(n.args[1]!)], {
    origin: b.origin,
    variable: n.variable,
  });
  b.nodes.push(sum);
  return sum;
}
